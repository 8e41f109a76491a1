/** Puts spans into the store once each: retries are ignored, other spans under the same ids become twins. */

import type { Statement } from 'better-sqlite3'
import type { SpanRecord } from '#shared/model/batch.ts'
import { fromHex, isSameId } from '#shared/model/ids.ts'
import { unpackList } from '#shared/model/jsonb.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import type { WriteDb } from './database.ts'
import { type Column, MultiInsert, rowsPerStatement } from './multi-insert.ts'

/** A span with the ids of the rows it shares with others. */
export interface SpanRow {
  readonly span: SpanRecord
  readonly serviceId: number
  readonly operationId: number
  readonly resourceId: number
  readonly scopeId: number
  readonly outcome: OutcomeCode
}

/** One byte counts twins on the way to the screen. */
const maxTwin = 255

/** What every span has. */
const plainColumns = [
  'trace_id',
  'span_id',
  'parent_span_id',
  'operation_id',
  'resource_id',
  'scope_id',
  'start_unix_nano',
  'duration_ns',
  'status_code',
  'flags',
  'attributes',
  'outcome',
] as const

/** What most spans leave at the default of its column: there it is not bound at all. */
const rareColumns = [
  'twin',
  'status_message',
  'trace_state',
  'dropped_attributes_count',
  'events',
  'dropped_events_count',
  'links',
  'dropped_links_count',
] as const

export interface SpansWritten {
  /** Row ids above this one are of spans just written. */
  readonly lastIdBefore: bigint
  /** Those that were new, in the order given. */
  readonly inserted: readonly SpanRow[]
  /** Spans whose ids were used more than 256 times. */
  readonly rejectedTwins: number
}

interface StoredSpan {
  readonly twin: bigint
  readonly operation_id: bigint
  readonly start_unix_nano: bigint
}

export class SpanWriter {
  readonly #insertPlain: MultiInsert
  readonly #insert: MultiInsert
  readonly #insertLink: MultiInsert
  readonly #lastId: Statement
  readonly #idsAfter: Statement
  readonly #sameIds: Statement

  constructor(db: WriteDb) {
    const insert = (columns: readonly string[]): MultiInsert =>
      new MultiInsert(db, `INSERT INTO span (${columns.join(', ')})`, columns.length, 'ON CONFLICT DO NOTHING')
    this.#insertPlain = insert(plainColumns)
    this.#insert = insert([...plainColumns, ...rareColumns])
    this.#insertLink = new MultiInsert(
      db,
      'INSERT INTO span_link (linked_trace_id, linked_span_id, trace_id, span_id)',
      4,
      'ON CONFLICT DO NOTHING',
    )
    this.#lastId = db.prepare('SELECT max(id) FROM span').pluck()
    this.#idsAfter = db.prepare('SELECT trace_id, span_id FROM span WHERE id > ? ORDER BY id').raw()
    this.#sameIds = db.prepare(
      'SELECT twin, operation_id, start_unix_nano FROM span WHERE trace_id = ? AND span_id = ? ORDER BY twin',
    )
  }

  /** Inserts `rows` within the caller's transaction. Give them by trace: neighbours on disk insert faster. */
  write(rows: readonly SpanRow[]): SpansWritten {
    const before = (this.#lastId.get() as bigint | null) ?? 0n
    let insertedCount = 0
    for (let start = 0; start < rows.length; start += rowsPerStatement) {
      insertedCount += this.#insertRows(rows.slice(start, start + rowsPerStatement), 0)
    }
    const written =
      insertedCount === rows.length
        ? { lastIdBefore: before, inserted: rows, rejectedTwins: 0 }
        : this.#sortOut(rows, before)
    this.#writeLinks(written.inserted)
    return written
  }

  /** In the order given. Answers how many really were inserted. */
  #insertRows(rows: readonly SpanRow[], twin: number): number {
    const isPlain = twin === 0 && rows.every(({ span }) => hasDefaults(span))
    const columns: Column[] = []
    for (const row of rows) {
      pushPlain(columns, row)
      if (!isPlain) pushRare(columns, row.span, twin)
    }
    return (isPlain ? this.#insertPlain : this.#insert).run(columns)
  }

  /** Some ids were there already: tell retries from twins, and keep the twins. */
  #sortOut(rows: readonly SpanRow[], before: bigint): SpansWritten {
    const fresh = this.#idsAfter.all(before) as [Buffer, Buffer][]
    const inserted: SpanRow[] = []
    let rejectedTwins = 0
    let next = 0
    const doubtful: SpanRow[] = []
    for (const row of rows) {
      const ids = fresh[next]
      if (ids?.[1].equals(row.span.spanId) && ids[0].equals(row.span.traceId)) {
        inserted.push(row)
        next++
      } else doubtful.push(row)
    }
    for (const row of doubtful) {
      const stored = this.#sameIds.all(row.span.traceId, row.span.spanId) as StoredSpan[]
      const isRetry = stored.some(
        (other) => Number(other.operation_id) === row.operationId && other.start_unix_nano === row.span.startUnixNano,
      )
      if (isRetry) continue
      const twin = stored.length
      if (twin > maxTwin) {
        rejectedTwins++
        continue
      }
      this.#insertRows([row], twin)
      inserted.push(row)
    }
    return { lastIdBefore: before, inserted, rejectedTwins }
  }

  #writeLinks(rows: readonly SpanRow[]): void {
    const columns: Column[] = []
    for (const { span } of rows) {
      if (!span.links) continue
      for (const target of linkTargets(span.links))
        columns.push(target.traceId, target.spanId, span.traceId, span.spanId)
    }
    if (columns.length > 0) this.#insertLink.run(columns)
  }
}

/** Spans of a trace mostly come side by side: what is put in order are such runs. */
export function sortedByTrace(rows: readonly SpanRow[]): SpanRow[] {
  const runs: [SpanRow, ...SpanRow[]][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    if (run && isSameId(run[0].span.traceId, row.span.traceId)) run.push(row)
    else runs.push([row])
  }
  return runs.sort(([left], [right]) => Buffer.compare(left.span.traceId, right.span.traceId)).flat()
}

function hasDefaults(span: SpanRecord): boolean {
  return (
    span.statusMessage === '' &&
    span.traceState === '' &&
    span.events === null &&
    span.links === null &&
    span.droppedAttributesCount + span.droppedEventsCount + span.droppedLinksCount === 0
  )
}

function pushPlain(columns: Column[], row: SpanRow): void {
  const { span } = row
  columns.push(
    span.traceId,
    span.spanId,
    span.parentSpanId,
    row.operationId,
    row.resourceId,
    row.scopeId,
    span.startUnixNano,
    span.endUnixNano - span.startUnixNano,
    span.statusCode,
    span.flags,
    span.attributes,
    row.outcome,
  )
}

function pushRare(columns: Column[], span: SpanRecord, twin: number): void {
  columns.push(
    twin,
    span.statusMessage,
    span.traceState,
    span.droppedAttributesCount,
    span.events,
    span.droppedEventsCount,
    span.links,
    span.droppedLinksCount,
  )
}

function linkTargets(links: Uint8Array): { traceId: Uint8Array; spanId: Uint8Array }[] {
  const targets: { traceId: Uint8Array; spanId: Uint8Array }[] = []
  for (const ids of unpackList(links)) {
    const traceId = fromHex(String(ids.get('traceId') ?? ''))
    const spanId = fromHex(String(ids.get('spanId') ?? ''))
    if (traceId?.length === 16 && spanId?.length === 8) targets.push({ traceId, spanId })
  }
  return targets
}
