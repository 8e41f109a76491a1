/**
 * Spans on their way to another thread: numbers and bytes in a few buffers that move, where cloning thousands of small objects
 * takes either thread longer than anything else it does for a span.
 */

import type { Rejections, ResourceRecord, ScopeRecord, SpanRecord, TraceBatch } from '#shared/model/batch.ts'
import { isSameId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'

export interface PackedSpans {
  readonly resources: readonly ResourceRecord[]
  readonly scopes: readonly ScopeRecord[]
  /** Names and the like, each once. */
  readonly texts: readonly string[]
  /** `numbersPerSpan` for each span. */
  readonly numbers: Uint32Array<ArrayBuffer>
  /** Start and end of each span. */
  readonly times: BigInt64Array<ArrayBuffer>
  /** Ids, attributes, events and links. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly rejected: Rejections
}

const numbersPerSpan = 16
/** In place of the length of bytes that are null. */
const isNull = 0xffff_ffff
const shortCopyBytes = 24

export function packSpans(batches: readonly TraceBatch[]): PackedSpans {
  const resources = new Distinct<ResourceRecord>()
  const scopes = new Distinct<ScopeRecord>()
  const texts = new Distinct<string>()
  const rejected = new Map<string, number>()
  const count = batches.reduce((sum, { records }) => sum + records.length, 0)
  const numbers = new Uint32Array(count * numbersPerSpan)
  const times = new BigInt64Array(count * 2)
  const bytes = Buffer.allocUnsafeSlow(batches.reduce((sum, batch) => sum + bytesOf(batch), 0))
  let written = 0
  let number = 0
  let time = 0
  const put = (part: Uint8Array | null): number => {
    if (part === null) return isNull
    // Below this a loop beats the call.
    if (part.length <= shortCopyBytes) for (const byte of part) bytes[written++] = byte
    else {
      bytes.set(part, written)
      written += part.length
    }
    return part.length
  }
  let traceId: Uint8Array = new Uint8Array()
  for (const batch of batches) {
    for (const [reason, times] of batch.rejected) rejected.set(reason, (rejected.get(reason) ?? 0) + times)
    const resourceAt = batch.resources.map((resource) => resources.indexOf(resource))
    const scopeAt = batch.scopes.map((scope) => scopes.indexOf(scope))
    for (const span of batch.records) {
      const isSameTrace = isSameId(span.traceId, traceId)
      numbers[number++] = isSameTrace ? 0 : put(span.traceId)
      traceId = span.traceId
      put(span.spanId)
      numbers[number++] = resourceAt[span.resource] as number
      numbers[number++] = scopeAt[span.scope] as number
      numbers[number++] = put(span.parentSpanId)
      numbers[number++] = put(span.attributes)
      numbers[number++] = put(span.events)
      numbers[number++] = put(span.links)
      numbers[number++] = texts.indexOf(span.name)
      numbers[number++] = texts.indexOf(span.traceState)
      numbers[number++] = texts.indexOf(span.statusMessage)
      numbers[number++] = span.kind
      numbers[number++] = span.flags
      numbers[number++] = span.statusCode
      numbers[number++] = span.droppedAttributesCount
      numbers[number++] = span.droppedEventsCount
      numbers[number++] = span.droppedLinksCount
      times[time++] = span.startUnixNano
      times[time++] = span.endUnixNano
    }
  }
  return {
    resources: resources.all.map(resourceWithOwnBytes),
    scopes: scopes.all.map(scopeWithOwnBytes),
    texts: texts.all,
    numbers,
    times,
    bytes,
    rejected,
  }
}

/** What moves to the other thread. */
export function buffersOf({ numbers, times, bytes }: PackedSpans): ArrayBuffer[] {
  return [numbers.buffer, times.buffer, bytes.buffer]
}

export function unpackSpans(packed: PackedSpans): TraceBatch {
  const { resources, scopes, texts, numbers, times, bytes, rejected } = packed
  let read = 0
  const take = (length: number): Uint8Array => {
    const part = new Uint8Array(bytes.buffer, bytes.byteOffset + read, length)
    read += length
    return part
  }
  const takeOrNull = (length: number): Uint8Array | null => (length === isNull ? null : take(length))
  const records: SpanRecord[] = []
  let traceId: Uint8Array = new Uint8Array()
  for (let number = 0, time = 0; time < times.length; number += numbersPerSpan, time += 2) {
    const at = (column: number): number => numbers[number + column] as number
    if (at(0) > 0) traceId = take(traceIdBytes)
    records.push({
      traceId,
      spanId: take(spanIdBytes),
      resource: at(1),
      scope: at(2),
      parentSpanId: takeOrNull(at(3)),
      attributes: take(at(4)),
      events: takeOrNull(at(5)),
      links: takeOrNull(at(6)),
      name: texts[at(7)] as string,
      traceState: texts[at(8)] as string,
      statusMessage: texts[at(9)] as string,
      kind: at(10),
      flags: at(11),
      statusCode: at(12),
      droppedAttributesCount: at(13),
      droppedEventsCount: at(14),
      droppedLinksCount: at(15),
      startUnixNano: times[time] as bigint,
      endUnixNano: times[time + 1] as bigint,
    })
  }
  return { resources, scopes, records, rejected }
}

function bytesOf({ records }: TraceBatch): number {
  let sum = 0
  for (const { parentSpanId, attributes, events, links } of records) {
    sum += traceIdBytes + spanIdBytes + attributes.length
    sum += (parentSpanId?.length ?? 0) + (events?.length ?? 0) + (links?.length ?? 0)
  }
  return sum
}

/** Each value once, known by its place. */
class Distinct<Value> {
  readonly all: Value[] = []
  readonly #places = new Map<Value, number>()

  indexOf(value: Value): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    this.#places.set(value, this.all.length)
    return this.all.push(value) - 1
  }
}

/** Cloning a view copies all of what it is a view of. */
function resourceWithOwnBytes(resource: ResourceRecord): ResourceRecord {
  const { attributes, entityRefs } = resource
  return { ...resource, attributes: new Uint8Array(attributes), entityRefs: entityRefs && new Uint8Array(entityRefs) }
}

function scopeWithOwnBytes(scope: ScopeRecord): ScopeRecord {
  return { ...scope, attributes: new Uint8Array(scope.attributes) }
}
