/** One clock for all spans, logs and points of the lab, finer than a millisecond, and its instants as the SDK takes them. */

import type { HrTime } from '@opentelemetry/api'

/** Milliseconds since the Unix epoch. Never goes back, so that no child begins before its parent by accident. */
export function unixMs(): number {
  return performance.timeOrigin + performance.now()
}

export function hrTimeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000)
  return [seconds, Math.round((ms - seconds * 1000) * 1_000_000)]
}

export function unixNanoOf(ms: number): bigint {
  const [seconds, nanos] = hrTimeOf(ms)
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos)
}
