/** Instants: 64-bit nanoseconds since the Unix epoch as `bigint`, never rounded through a double. */

/** Times are kept in SQLite's signed 64-bit INTEGER; anything from here on is rejected and counted. */
export const maxUnixNano = 2n ** 63n - 1n

const nanosPerMilli = 1_000_000n
export const nanosPerSecond = 1_000_000_000n

/** A decimal string of nanoseconds as an instant, or `undefined` when it isn't one or is out of range. */
export function parseUnixNano(text: string): bigint | undefined {
  if (!/^\d{1,19}$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= maxUnixNano ? value : undefined
}

/** The instant of a millisecond clock such as `Date.now()`. */
export function fromUnixMillis(millis: number): bigint {
  return BigInt(Math.round(millis)) * nanosPerMilli
}

/** Milliseconds since the epoch for `Date`; sub-millisecond digits are cut off. */
export function toUnixMillis(nanos: bigint): number {
  return Number(nanos / nanosPerMilli)
}

/** ISO 8601 in UTC with all nine digits, as the database's views write it. */
export function toIsoNanos(nanos: bigint): string {
  const seconds = new Date(toUnixMillis(nanos - (nanos % nanosPerSecond))).toISOString().slice(0, 19)
  return `${seconds}.${(nanos % nanosPerSecond).toString().padStart(9, '0')}Z`
}
