/** Golden signals over time, from the rollups of one service, one operation, or everything. */

import type { Latency, Overview, OverviewInput, SignalBucket, SignalTotals } from '#shared/contract/overview.ts'
import { SpanKind } from '#shared/model/span.ts'
import { relativeError } from '../rollup/duration-bins.ts'
import { Outcome } from '../rollup/outcome.ts'
import { emptyCell, mergeCell, quantileOf, type RollupCell } from '../rollup/rollup-cell.ts'
import type { QueryContext } from './context.ts'
import { instantOf, knownSeconds, type RollupRange, rollupRange } from './rollup-range.ts'
import type { RollupRow } from './rollup-row.ts'
import { addRow, type RollupSource, rollupSlices, sourceOf } from './rollup-rows.ts'

export const percentileMethod = `nearest rank from a log-bucket sketch folded on ingest, within ${relativeError * 100} % of the exact value`

/** Of a window to compare with. */
const leastKnownShare = 0.5

interface Signals {
  readonly ok: RollupCell
  readonly failed: RollupCell
  errors: number
  implicitErrors: number
  produced: number
  consumed: number
}

/** Errors: BAD_INPUT for an end before the start, NOT_FOUND for an unknown service or operation, CANCELLED. */
export async function readOverview(context: QueryContext, input: OverviewInput): Promise<Overview> {
  const { db } = context
  const source = sourceOf(db, input)
  const range = rollupRange(db, input)
  const method = { method: percentileMethod, relativeError }
  if (!range) {
    const totals = totalsOf(noSignals(), 0)
    return { startUnixNano: '0', endUnixNano: '0', stepSeconds: 10, ...method, buckets: [], totals, previous: null }
  }
  const buckets = await signalBuckets(context, source, range)
  const length = range.endUnixSeconds - range.startUnixSeconds
  return {
    startUnixNano: instantOf(range.startUnixSeconds),
    endUnixNano: instantOf(range.endUnixSeconds),
    stepSeconds: range.stepSeconds,
    ...method,
    buckets: buckets.map((signals, index) => bucketOf(signals, range.startUnixSeconds + index * range.stepSeconds)),
    totals: totalsOf(sumOf(buckets), length),
    previous: input.compare ? await previousTotals(context, source, range) : null,
  }
}

async function signalBuckets(context: QueryContext, source: RollupSource, range: RollupRange): Promise<Signals[]> {
  const { startUnixSeconds, endUnixSeconds, stepSeconds } = range
  const count = Math.round((endUnixSeconds - startUnixSeconds) / stepSeconds)
  const buckets = Array.from({ length: count }, noSignals)
  for await (const rows of rollupSlices(context, source, range)) {
    for (const row of rows) {
      const signals = buckets[Math.floor((row.start_unix_s - startUnixSeconds) / stepSeconds)]
      if (signals) addSignals(signals, row)
    }
  }
  return buckets
}

/**
 * Null when most of that window, or all of it, lies before anything was received: then it says nothing about a change. Rates
 * are over the part of it that doesn't.
 */
async function previousTotals(
  context: QueryContext,
  source: RollupSource,
  { startUnixSeconds, endUnixSeconds, ...widths }: RollupRange,
): Promise<SignalTotals | null> {
  const length = endUnixSeconds - startUnixSeconds
  const asked = { start: instantOf(Math.max(0, startUnixSeconds - length)), end: instantOf(startUnixSeconds) }
  // Older buckets may be kept in a coarser width.
  const range = rollupRange(context.db, { ...asked, stepSeconds: widths.stepSeconds })
  if (!range) return null
  const since = Math.max(range.startUnixSeconds, knownSeconds(context.db)?.first ?? range.endUnixSeconds)
  const known = range.endUnixSeconds - since
  if (known < leastKnownShare * length) return null
  const sum = sumOf(await signalBuckets(context, source, range))
  return sum.ok.n + sum.failed.n === 0 ? null : totalsOf(sum, known)
}

function noSignals(): Signals {
  return { ok: emptyCell(), failed: emptyCell(), errors: 0, implicitErrors: 0, produced: 0, consumed: 0 }
}

function addSignals(signals: Signals, row: RollupRow): void {
  if (row.kind === SpanKind.producer) signals.produced += row.count
  else if (row.kind === SpanKind.consumer) signals.consumed += row.count
  if (row.in_view !== 1) return
  addRow(row.outcome === Outcome.ok ? signals.ok : signals.failed, row)
  if (row.outcome === Outcome.error) signals.errors += row.count
  else if (row.outcome === Outcome.implicit) signals.implicitErrors += row.count
}

function sumOf(buckets: readonly Signals[]): Signals {
  const sum = noSignals()
  for (const bucket of buckets) {
    mergeCell(sum.ok, bucket.ok)
    mergeCell(sum.failed, bucket.failed)
    for (const name of ['errors', 'implicitErrors', 'produced', 'consumed'] as const) sum[name] += bucket[name]
  }
  return sum
}

function bucketOf(signals: Signals, startUnixSeconds: number): SignalBucket {
  return { startUnixNano: instantOf(startUnixSeconds), ...fieldsOf(signals) }
}

function totalsOf(signals: Signals, seconds: number): SignalTotals {
  const fields = fieldsOf(signals)
  const { requests, errors, implicitErrors } = fields
  const share = (part: number): number | null => (requests === 0 ? null : part / requests)
  return {
    ...fields,
    ratePerSecond: seconds === 0 ? 0 : requests / seconds,
    errorRatio: share(errors),
    implicitErrorRatio: share(implicitErrors),
  }
}

function fieldsOf({
  ok,
  failed,
  errors,
  implicitErrors,
  produced,
  consumed,
}: Signals): Omit<SignalBucket, 'startUnixNano'> {
  // Most buckets have no failures: all is what succeeded then.
  let all = failed.n === 0 ? ok : failed
  if (ok.n > 0 && failed.n > 0) {
    all = emptyCell()
    mergeCell(all, ok)
    mergeCell(all, failed)
  }
  return {
    requests: all.count,
    errors,
    implicitErrors,
    produced,
    consumed,
    ok: latencyOf(ok),
    error: latencyOf(failed),
    all: latencyOf(all),
  }
}

function latencyOf(cell: RollupCell): Latency {
  return {
    count: cell.count,
    n: cell.n,
    p50Ns: quantileOf(cell, 0.5),
    p95Ns: quantileOf(cell, 0.95),
    p99Ns: quantileOf(cell, 0.99),
    maxNs: cell.n === 0 ? null : cell.maxNs,
  }
}
