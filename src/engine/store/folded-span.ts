/** A span as rollups see it: as it comes in, and as it is read back. */

import { SpanKind } from '#shared/model/span.ts'
import type { FoldedSpan } from '../rollup/fold.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import { weightOf } from '../rollup/weight.ts'

/**
 * Requests are entry spans: "kind SERVER or CONSUMER, or an empty parent id whatever the kind"; a span whose parent is merely
 * missing is none.
 */
export function isEntry(kind: number, isRoot: boolean): boolean {
  return isRoot || kind === SpanKind.server || kind === SpanKind.consumer
}

/** Unspecified is read as internal. */
export function foldedKind(kind: number): number {
  return kind === SpanKind.unspecified ? SpanKind.internal : kind
}

/** The largest double below 2^63: the next one no longer fits SQLite's integers. */
const maxDurationNs = 2 ** 63 - 1024

/** Negative ones, of clocks that jumped, count as 0. */
export function foldedDurationNs(durationNs: bigint): number {
  return Math.min(Math.max(0, Number(durationNs)), maxDurationNs)
}

/** To be read from `span JOIN operation`. */
export const foldedSpanColumns = `span.id, span.trace_id, span.span_id, span.parent_span_id IS NULL AS is_root,
  span.start_unix_nano, span.duration_ns, span.trace_state, span.outcome, span.operation_id, operation.service_id,
  operation.kind`

export interface FoldedSpanRow {
  readonly id: bigint
  readonly trace_id: Buffer
  readonly span_id: Buffer
  readonly is_root: bigint
  readonly start_unix_nano: bigint
  readonly duration_ns: bigint
  readonly trace_state: string
  readonly outcome: bigint
  readonly operation_id: bigint
  readonly service_id: bigint
  readonly kind: bigint
}

export function foldedSpanOf(row: FoldedSpanRow): FoldedSpan {
  const kind = Number(row.kind)
  return {
    serviceId: Number(row.service_id),
    operationId: Number(row.operation_id),
    kind: foldedKind(kind),
    entry: isEntry(kind, row.is_root === 1n),
    outcome: Number(row.outcome) as OutcomeCode,
    weight: weightOf(row.trace_state),
    durationNs: foldedDurationNs(row.duration_ns),
    startUnixNano: row.start_unix_nano,
    traceId: row.trace_id,
    spanId: row.span_id,
  }
}

export const foldedSpanById = `SELECT ${foldedSpanColumns} FROM span JOIN operation ON operation.id = span.operation_id WHERE span.id = ?`
