/** How many requests a kept span stands for, when its sender sampled and says so. */

const member = /(?:^|,)\s*ot=([^,]*)/
const threshold = /(?:^|;)th:([0-9a-f]{1,14})(?:;|$)/
const digits = 14
const range = 2 ** 56

/**
 * The inverse of the sampling probability in `tracestate` (OpenTelemetry: TraceState probability sampling): `ot=th:` holds the
 * rejection threshold T of 2^56 as up to 14 hex digits, trailing zeros left out; the span was kept with probability
 * (2^56 − T) / 2^56. 1 without a valid one.
 */
export function weightOf(traceState: string): number {
  if (!traceState.includes('th:')) return 1
  const hex = threshold.exec(member.exec(traceState)?.[1] ?? '')?.[1]
  if (hex === undefined) return 1
  return range / (range - Number.parseInt(hex.padEnd(digits, '0'), 16))
}
