/** Puts spans into the store once each: retries are ignored, other spans under the same ids become twins. */

import type { Statement } from 'better-sqlite3'
import type { SpanRecord } from '#shared/model/batch.ts'
import { fromHex } from '#shared/model/ids.ts'
import { unpackList } from '#shared/model/jsonb.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import type { WriteDb } from './database.ts'
import { type Column, MultiInsert } from './multi-insert.ts'

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

const spanColumns = [
  'trace_id',
  'span_id',
  'twin',
  'parent_span_id',
  'operation_id',
  'resource_id',
  'scope_id',
  'start_unix_nano',
  'duration_ns',
  'status_code',
  'status_message',
  'flags',
  'trace_state',
  'attributes',
  'dropped_attributes_count',
  'events',
  'dropped_events_count',
  'links',
  'dropped_links_count',
  'outcome',
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
  readonly #insert: MultiInsert
  readonly #insertLink: MultiInsert
  readonly #lastId: Statement
  readonly #idsAfter: Statement
  readonly #sameIds: Statement

  constructor(db: WriteDb) {
    this.#insert = new MultiInsert(
      db,
      `INSERT INTO span (${spanColumns.join(', ')})`,
      spanColumns.length,
      'ON CONFLICT DO NOTHING',
    )
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

  /** Inserts `rows` within the caller's transaction. Sort them by trace id: neighbours on disk insert faster. */
  write(rows: readonly SpanRow[]): SpansWritten {
    const before = (this.#lastId.get() as bigint | null) ?? 0n
    const columns: Column[] = []
    for (const row of rows) pushColumns(columns, row, 0)
    const insertedCount = this.#insert.run(columns)
    const written =
      insertedCount === rows.length
        ? { lastIdBefore: before, inserted: rows, rejectedTwins: 0 }
        : this.#sortOut(rows, before)
    this.#writeLinks(written.inserted)
    return written
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
      const columns: Column[] = []
      pushColumns(columns, row, twin)
      this.#insert.run(columns)
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

function pushColumns(columns: Column[], row: SpanRow, twin: number): void {
  const { span } = row
  columns.push(
    span.traceId,
    span.spanId,
    twin,
    span.parentSpanId,
    row.operationId,
    row.resourceId,
    row.scopeId,
    span.startUnixNano,
    span.endUnixNano - span.startUnixNano,
    span.statusCode,
    span.statusMessage,
    span.flags,
    span.traceState,
    span.attributes,
    span.droppedAttributesCount,
    span.events,
    span.droppedEventsCount,
    span.links,
    span.droppedLinksCount,
    row.outcome,
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
