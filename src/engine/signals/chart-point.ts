/** One data point as charts use it, with times counted from the start of the range. */

export interface ChartPoint {
  /** Nanoseconds after the start of the range. */
  readonly time: number
  /** Null when the sender left it out. */
  readonly start: number | null
  /** False for OTLP's "no recorded value". */
  readonly recorded: boolean
  /** Gauges and sums. */
  readonly value: number | null
  readonly count: number
  readonly sum: number | null
  readonly min: number | null
  readonly max: number | null
  /** Buckets and quantiles, as `wire/point-columns.ts` describes them; null when there are none. */
  readonly detail: PointDetail | null
}

export interface PointDetail {
  readonly bucketCounts?: readonly number[]
  readonly explicitBounds?: readonly number[]
  readonly scale?: number
  readonly zeroCount?: number
  readonly zeroThreshold?: number
  readonly positive?: DetailBuckets
  readonly negative?: DetailBuckets
  readonly quantileValues?: readonly { readonly quantile: number; readonly value: number }[]
}

export interface DetailBuckets {
  readonly offset: number
  readonly bucketCounts: readonly number[]
}

/** Why points could not be drawn, each with how often. */
export class Skipped {
  readonly #counts = new Map<string, number>()

  add(reason: SkipReason, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count)
  }

  list(): { reason: string; count: number }[] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count }))
  }
}

export const skipReasons = {
  notNumber: 'not a number',
  infinite: 'infinite',
  noValue: 'without a value',
  malformed: 'buckets that break the data model',
  boundsChanged: 'bucket bounds changed without a new start',
  manyBounds: 'too many different bucket bounds',
} as const
export type SkipReason = (typeof skipReasons)[keyof typeof skipReasons]

/** The number, if it can be added to others; else it is counted as skipped. */
export function usable(value: number | null, skipped: Skipped): number | undefined {
  if (value === null) skipped.add(skipReasons.noValue)
  else if (Number.isNaN(value)) skipped.add(skipReasons.notNumber)
  else if (!Number.isFinite(value)) skipped.add(skipReasons.infinite)
  else return value
  return undefined
}
