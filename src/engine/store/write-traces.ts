/** Keeps the summary row of every trace right while spans come in. */

import type { Statement } from 'better-sqlite3'
import { StatusCode } from '#shared/model/span.ts'
import type { WriteDb } from './database.ts'
import { type Column, MultiInsert } from './multi-insert.ts'
import { addSpan, mergeSummaries, type SummarizedSpan, summaryOf, type TraceSummaryRow } from './trace-summary.ts'
import type { SpanRow } from './write-spans.ts'

const traceColumns = [
  'trace_id',
  'start_unix_nano',
  'end_unix_nano',
  'span_count',
  'error_count',
  'root_received',
  'root_span_id',
  'root_operation_id',
  'root_start_unix_nano',
  'service_ids',
] as const

interface StoredSummary {
  readonly start_unix_nano: bigint
  readonly end_unix_nano: bigint
  readonly span_count: bigint
  readonly error_count: bigint
  readonly root_received: bigint
  readonly root_span_id: Buffer
  readonly root_operation_id: bigint
  readonly root_start_unix_nano: bigint
  readonly service_ids: string
}

export interface TracesWritten {
  /** How many traces are new. */
  readonly added: number
  /** Ids of those that grew and have a span in error. */
  readonly withErrors: readonly Buffer[]
}

export class TraceWriter {
  readonly #find: Statement
  readonly #insert: MultiInsert
  readonly #replace: Statement

  constructor(db: WriteDb) {
    const columns = traceColumns.join(', ')
    this.#find = db.prepare(`SELECT ${columns} FROM trace WHERE trace_id = ?`)
    this.#insert = new MultiInsert(db, `INSERT INTO trace (${columns})`, traceColumns.length)
    this.#replace = db.prepare(`REPLACE INTO trace (${columns}) VALUES (${traceColumns.map(() => '?').join(', ')})`)
  }

  /** Folds spans that are sorted by trace id and really new. */
  write(rows: readonly SpanRow[]): TracesWritten {
    const added: Column[] = []
    let addedCount = 0
    const withErrors: Buffer[] = []
    for (const [traceId, summary] of foldByTrace(rows)) {
      const stored = this.#find.get(traceId) as StoredSummary | undefined
      if (stored) {
        mergeSummaries(summary, fromStored(stored))
        this.#replace.run(columnsOf(traceId, summary))
      } else {
        added.push(...columnsOf(traceId, summary))
        addedCount++
      }
      if (summary.errorCount > 0) withErrors.push(Buffer.from(traceId))
    }
    this.#insert.run(added)
    return { added: addedCount, withErrors }
  }
}

/** One summary per trace. Rows need not be sorted. */
function foldByTrace(rows: readonly SpanRow[]): Iterable<[Uint8Array, TraceSummaryRow]> {
  const summaries = new Map<string, [Uint8Array, TraceSummaryRow]>()
  let current: [Uint8Array, TraceSummaryRow] | undefined
  for (const row of rows) {
    const span = summarized(row)
    const { traceId } = row.span
    // Sorted rows mostly belong to the trace before: no key to build then.
    if (current && Buffer.compare(current[0], traceId) === 0) {
      addSpan(current[1], span)
      continue
    }
    const key = Buffer.from(traceId.buffer, traceId.byteOffset, traceId.byteLength).toString('latin1')
    current = summaries.get(key)
    if (current) addSpan(current[1], span)
    else {
      current = [traceId, summaryOf(span)]
      summaries.set(key, current)
    }
  }
  return summaries.values()
}

function summarized({ span, operationId, serviceId }: SpanRow): SummarizedSpan {
  return {
    spanId: span.spanId,
    isRoot: span.parentSpanId === null,
    operationId,
    serviceId,
    startUnixNano: span.startUnixNano,
    endUnixNano: span.endUnixNano,
    isError: span.statusCode === StatusCode.error,
  }
}

function fromStored(stored: StoredSummary): TraceSummaryRow {
  return {
    startUnixNano: stored.start_unix_nano,
    endUnixNano: stored.end_unix_nano,
    spanCount: Number(stored.span_count),
    errorCount: Number(stored.error_count),
    root: {
      received: stored.root_received === 1n,
      spanId: stored.root_span_id,
      operationId: Number(stored.root_operation_id),
      startUnixNano: stored.root_start_unix_nano,
    },
    serviceIds: new Set(JSON.parse(stored.service_ids) as number[]),
  }
}

function columnsOf(traceId: Uint8Array, summary: TraceSummaryRow): Column[] {
  return [
    traceId,
    summary.startUnixNano,
    summary.endUnixNano,
    summary.spanCount,
    summary.errorCount,
    summary.root.received ? 1 : 0,
    summary.root.spanId,
    summary.root.operationId,
    summary.root.startUnixNano,
    JSON.stringify([...summary.serviceIds].sort((left, right) => left - right)),
  ]
}
