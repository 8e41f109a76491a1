/** Moments for test data, as the builders of `tests/support/otlp.ts` take them: nanoseconds after their epoch. */

import { epoch } from '../../support/otlp.ts'

export const ms = 1_000_000n
export const seconds = 1_000n * ms

/** So many milliseconds before now. */
export function ago(millis: number): bigint {
  return BigInt(Date.now()) * ms - BigInt(Math.round(millis)) * ms - epoch
}

/** A date such as `2020-02-29T12:00:00Z`. */
export function at(date: string): bigint {
  return BigInt(Date.parse(date)) * ms - epoch
}

/** A moment as OTLP/JSON has it. */
export function instant(moment: bigint): string {
  return String(epoch + moment)
}
