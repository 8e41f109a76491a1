/** The summary row of a trace: a fold over its spans that gives the same result in whatever order they arrive. */

/** What the fold needs of a span. */
export interface SummarizedSpan {
  readonly spanId: Uint8Array
  readonly isRoot: boolean
  readonly operationId: number
  readonly serviceId: number
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  readonly isError: boolean
}

export interface TraceSummaryRow {
  startUnixNano: bigint
  /** Latest end; a span that ends before it starts counts with its start. */
  endUnixNano: bigint
  spanCount: number
  errorCount: number
  root: RootCandidate
  readonly serviceIds: Set<number>
}

/** The span that stands for the trace: a real root if one arrived, else the earliest span. */
export interface RootCandidate {
  readonly received: boolean
  readonly spanId: Uint8Array
  readonly operationId: number
  readonly startUnixNano: bigint
}

function candidateOf(span: SummarizedSpan): RootCandidate {
  return {
    received: span.isRoot,
    spanId: span.spanId,
    operationId: span.operationId,
    startUnixNano: span.startUnixNano,
  }
}

/** A received root beats a stand-in, then the earlier start, then the smaller ids: a total order. */
function better(left: RootCandidate, right: RootCandidate): RootCandidate {
  if (left.received !== right.received) return left.received ? left : right
  if (left.startUnixNano !== right.startUnixNano) return left.startUnixNano < right.startUnixNano ? left : right
  const order = Buffer.compare(left.spanId, right.spanId)
  if (order !== 0) return order < 0 ? left : right
  return left.operationId <= right.operationId ? left : right
}

export function summaryOf(span: SummarizedSpan): TraceSummaryRow {
  return {
    startUnixNano: span.startUnixNano,
    endUnixNano: latestOf(span),
    spanCount: 1,
    errorCount: span.isError ? 1 : 0,
    root: candidateOf(span),
    serviceIds: new Set([span.serviceId]),
  }
}

export function addSpan(summary: TraceSummaryRow, span: SummarizedSpan): void {
  const latest = latestOf(span)
  if (span.startUnixNano < summary.startUnixNano) summary.startUnixNano = span.startUnixNano
  if (latest > summary.endUnixNano) summary.endUnixNano = latest
  summary.spanCount++
  if (span.isError) summary.errorCount++
  // Most spans can't become the root; don't build a candidate for them.
  if (span.isRoot || !summary.root.received) summary.root = better(summary.root, candidateOf(span))
  summary.serviceIds.add(span.serviceId)
}

/** Adds everything `other` was folded from. */
export function mergeSummaries(summary: TraceSummaryRow, other: TraceSummaryRow): void {
  if (other.startUnixNano < summary.startUnixNano) summary.startUnixNano = other.startUnixNano
  if (other.endUnixNano > summary.endUnixNano) summary.endUnixNano = other.endUnixNano
  summary.spanCount += other.spanCount
  summary.errorCount += other.errorCount
  summary.root = better(summary.root, other.root)
  for (const id of other.serviceIds) summary.serviceIds.add(id)
}

function latestOf(span: SummarizedSpan): bigint {
  return span.endUnixNano > span.startUnixNano ? span.endUnixNano : span.startUnixNano
}
