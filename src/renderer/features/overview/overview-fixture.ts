/** Small overviews for tests: name what matters, the rest is nothing. */

import type { Latency, Overview, SignalBucket, SignalTotals } from '#shared/contract/overview.ts'

export const fixtureStart = 1_795_336_500_000_000_000n
const stepSeconds = 10

export function latencyFixture(latency: Partial<Latency> = {}): Latency {
  return { count: 0, n: 0, p50Ns: null, p95Ns: null, p99Ns: null, maxNs: null, ...latency }
}

function bucketFixture(index: number, bucket: Partial<SignalBucket> = {}): SignalBucket {
  return {
    startUnixNano: instantFixture(index * stepSeconds),
    requests: 0,
    errors: 0,
    implicitErrors: 0,
    produced: 0,
    consumed: 0,
    ok: latencyFixture(),
    error: latencyFixture(),
    all: latencyFixture(),
    ...bucket,
  }
}

function totalsFixture(totals: Partial<SignalTotals> = {}): SignalTotals {
  const { startUnixNano: _, ...fields } = bucketFixture(0)
  return { ...fields, ratePerSecond: 0, errorRatio: null, implicitErrorRatio: null, ...totals }
}

/** Buckets of ten seconds from `fixtureStart` on. */
export function overviewFixture(
  buckets: readonly Partial<SignalBucket>[],
  more: { readonly totals?: Partial<SignalTotals>; readonly previous?: Partial<SignalTotals> } = {},
): Overview {
  return {
    startUnixNano: instantFixture(0),
    endUnixNano: instantFixture(buckets.length * stepSeconds),
    stepSeconds,
    method: 'nearest rank from a sketch',
    relativeError: 0.008,
    buckets: buckets.map((bucket, index) => bucketFixture(index, bucket)),
    totals: totalsFixture(more.totals),
    previous: more.previous === undefined ? null : totalsFixture(more.previous),
  }
}

/** So many seconds after `fixtureStart`. */
export function instantFixture(seconds: number): string {
  return String(fixtureStart + BigInt(Math.round(seconds * 1_000)) * 1_000_000n)
}
