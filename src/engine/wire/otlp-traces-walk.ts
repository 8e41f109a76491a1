/**
 * Spans from OTLP/JSON, walked as bytes into what the store keeps, without objects in between. A document that holds anything
 * unusual, or that `decodeTracesJson` would refuse something of, is left to that as a whole.
 */

import { isUtf8 } from 'node:buffer'
import type { ResourceRecord, ScopeRecord, SpanRecord, TraceBatch } from '#shared/model/batch.ts'
import { isSameId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'
import type { Packed } from '#shared/model/jsonb.ts'
import { MalformedPayload, RejectedRecord } from './decode-error.ts'
import { arrayField, type JsonObject, uint32Field } from './json-fields.ts'
import { JsonWalker, Names, NotPlain } from './json-walker.ts'
import { JsonbWriter } from './jsonb-writer.ts'
import { decodeResource, decodeScope, packAttributes } from './otlp-batch-json.ts'
import { kindNames, packList, statusNames, timeField, writeEvent, writeLink } from './otlp-traces-json.ts'
import { walkAttributes } from './otlp-values-walk.ts'
import { SharedRecords } from './shared-records.ts'

const documentNames = new Names(['resourceSpans'])
const resourceNames = new Names(['resource', 'scopeSpans', 'schemaUrl'])
const scopeNames = new Names(['scope', 'spans', 'schemaUrl'])
const spanNames = new Names([
  'traceId',
  'spanId',
  'parentSpanId',
  'traceState',
  'flags',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'status',
  'attributes',
  'droppedAttributesCount',
  'events',
  'droppedEventsCount',
  'links',
  'droppedLinksCount',
])
const statusMemberNames = new Names(['code', 'message'])

type WalkedSpan = { -readonly [Key in keyof SpanRecord]: SpanRecord[Key] }

const noId = new Uint8Array()
const noAttributes = packAttributes(new JsonbWriter(0), [])

export class TracesWalk {
  readonly #walker = new JsonWalker()
  readonly #writer = new JsonbWriter()
  readonly #resourceOf = new SharedRecords<ResourceRecord>((resource, schemaUrl) =>
    decodeResource(new JsonbWriter(0), { resource, schemaUrl }),
  )
  readonly #scopeOf = new SharedRecords<ScopeRecord>((scope, schemaUrl) =>
    decodeScope(new JsonbWriter(0), { scope, schemaUrl }),
  )
  #spans: WalkedSpan[] = []
  #traceId = new Uint8Array()

  /** Adds the spans of a document. False, and nothing is added, when it takes a parser. */
  add(document: Buffer): boolean {
    if (!isUtf8(document)) return false
    const before = this.#spans.length
    try {
      this.#walker.begin(document)
      this.#document()
      return true
    } catch (error) {
      this.#spans.length = before
      if (error instanceof NotPlain || error instanceof RejectedRecord || error instanceof MalformedPayload)
        return false
      throw error
    }
  }

  /** What was added since this was last asked; undefined for nothing. */
  take(): TraceBatch | undefined {
    const records = this.#spans
    if (records.length === 0) return undefined
    this.#spans = []
    return { resources: this.#resourceOf.take(), scopes: this.#scopeOf.take(), records, rejected: new Map() }
  }

  #document(): void {
    const walker = this.#walker
    walker.openObject()
    if (walker.nextMember(documentNames) !== 0) throw new NotPlain()
    walker.openArray()
    while (walker.nextItem()) this.#resourceSpans()
    walker.closeObject()
    walker.finish()
  }

  #resourceSpans(): void {
    const first = this.#spans.length
    const resource = this.#group(resourceNames, this.#resourceOf, () => this.#scopeSpans())
    for (let index = first; index < this.#spans.length; index++) (this.#spans[index] as WalkedSpan).resource = resource
  }

  #scopeSpans(): void {
    const first = this.#spans.length
    const scope = this.#group(scopeNames, this.#scopeOf, () => this.#spans.push(this.#span()))
    for (let index = first; index < this.#spans.length; index++) (this.#spans[index] as WalkedSpan).scope = scope
  }

  /** What its members share, by its place; known only at the end, because the schema's URL comes after them. */
  #group(names: Names, shared: Pick<SharedRecords<unknown>, 'find'>, walkMember: () => void): number {
    const walker = this.#walker
    let [start, end, schemaUrl, seen] = [0, 0, '', 0]
    walker.openObject()
    for (let member = walker.nextMember(names); member >= 0; member = walker.nextMember(names)) {
      seen = once(seen, member)
      if (member === 0) {
        start = walker.skip()
        end = walker.position
      } else if (member === 2) schemaUrl = walker.text()
      else {
        walker.openArray()
        while (walker.nextItem()) walkMember()
      }
    }
    return shared.find(walker.bytes, start, end, schemaUrl)
  }

  #span(): WalkedSpan {
    const walker = this.#walker
    let seen = 0
    const span = emptySpan()
    walker.openObject()
    for (let member = walker.nextMember(spanNames); member >= 0; member = walker.nextMember(spanNames)) {
      seen = once(seen, member)
      switch (member) {
        case 0:
          span.traceId = this.#sharedTraceId(walker.id(traceIdBytes))
          break
        case 1:
          span.spanId = walker.id(spanIdBytes)
          break
        case 2:
          span.parentSpanId = walker.idOrNone(spanIdBytes)
          break
        case 3:
          span.traceState = wellFormed(walker.text())
          break
        case 4:
          span.flags = this.#count()
          break
        case 5:
          span.name = wellFormed(walker.text())
          break
        case 6:
          span.kind = this.#count(kindNames)
          break
        case 7:
          span.startUnixNano = walker.instant() ?? timeField(walker.value())
          break
        case 8:
          span.endUnixNano = walker.instant() ?? timeField(walker.value())
          break
        case 9:
          this.#status(span)
          break
        case 10:
          this.#writer.begin()
          walkAttributes(walker, this.#writer)
          span.attributes = this.#writer.take()
          break
        case 11:
          span.droppedAttributesCount = this.#count()
          break
        case 12:
          span.events = this.#list(writeEvent)
          break
        case 13:
          span.droppedEventsCount = this.#count()
          break
        case 14:
          span.links = this.#list(writeLink)
          break
        default:
          span.droppedLinksCount = this.#count()
      }
    }
    if ((seen & 3) !== 3) throw new NotPlain()
    return span
  }

  /** One for all spans of a trace. */
  #sharedTraceId(id: Uint8Array<ArrayBuffer>): Uint8Array {
    if (!isSameId(id, this.#traceId)) this.#traceId = id
    return this.#traceId
  }

  #status(span: WalkedSpan): void {
    const walker = this.#walker
    let seen = 0
    walker.openObject()
    for (
      let member = walker.nextMember(statusMemberNames);
      member >= 0;
      member = walker.nextMember(statusMemberNames)
    ) {
      seen = once(seen, member)
      if (member === 0) span.statusCode = this.#count(statusNames)
      else span.statusMessage = wellFormed(walker.text())
    }
  }

  #count(names?: Readonly<Record<string, number>>): number {
    return this.#walker.smallCount() ?? uint32Field(this.#walker.value(), names)
  }

  /** Few spans have some: what is in them is parsed. */
  #list(write: (writer: JsonbWriter, json: JsonObject) => void): Packed | null {
    return packList(this.#writer, arrayField(this.#walker.value()), write)
  }
}

function emptySpan(): WalkedSpan {
  return {
    resource: 0,
    scope: 0,
    traceId: noId,
    spanId: noId,
    parentSpanId: null,
    traceState: '',
    flags: 0,
    name: '',
    kind: 0,
    startUnixNano: 0n,
    endUnixNano: 0n,
    statusCode: 0,
    statusMessage: '',
    attributes: noAttributes,
    droppedAttributesCount: 0,
    events: null,
    droppedEventsCount: 0,
    links: null,
    droppedLinksCount: 0,
  }
}

/** Of members of one name a parser takes the last. */
function once(seen: number, member: number): number {
  const bit = 1 << member
  if ((seen & bit) !== 0) throw new NotPlain()
  return seen | bit
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new NotPlain()
  return text
}
