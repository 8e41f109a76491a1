/** Apdex: how content users are with an operation's latency, as one number. */

import type { DurationSketch } from '../rollup/duration-sketch.ts'

/**
 * (satisfied + tolerating / 2) / total: satisfied took at most T, tolerating at most 4 T, failed requests are neither
 * (Apdex Technical Specification 1.1). Null without requests. Durations near T or 4 T count within the sketch's error.
 */
export function apdexOf(succeeded: DurationSketch, total: number, thresholdNs: number): number | null {
  if (total <= 0) return null
  const satisfied = succeeded.countAtMost(thresholdNs)
  const tolerating = succeeded.countAtMost(4 * thresholdNs) - satisfied
  return (satisfied + tolerating / 2) / total
}
