/** The points of a series that matter to a range, page by page: those in it, and the nearest on either side. */

import { maxUnixNano } from '#shared/model/time.ts'
import type { ChartPoint, DetailBuckets, PointDetail } from '../signals/chart-point.ts'
import type { TimeBuckets } from '../signals/time-buckets.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import { SeriesBirths } from './metric-birth.ts'

const pageRows = 2_048
/** Enough to learn a series' rhythm from. */
export const rhythmPoints = 64

/** Points one question may read; with what is left out counted, an answer comes in bounded time. */
export class ReadBudget {
  #left: number

  constructor(points: number) {
    this.#left = points
  }

  get isSpent(): boolean {
    return this.#left <= 0
  }

  spend(points: number): void {
    this.#left -= points
  }
}

type PointRow = [
  id: number,
  time: number,
  start: number | null,
  flags: number,
  value: number | null,
  count: number | null,
  sum: number | null,
  min: number | null,
  max: number | null,
  detail: string | null,
]

const columns = `id, time_unix_nano - @origin, CASE start_unix_nano WHEN 0 THEN NULL ELSE start_unix_nano - @origin END,
  flags, coalesce(double_value, int_value), count, sum, min, max, json(detail)`

const noRecordedValue = 1

/** A series costs as much as so many points more: its first one has to be found. */
const pointsPerSeries = 20

export class PointReader {
  readonly #context: QueryContext
  readonly #page: ReturnType<ReadDb['prepare']>
  readonly #newest: ReturnType<ReadDb['prepare']>
  readonly #origin: bigint
  readonly #end: bigint
  readonly #budget: ReadBudget
  readonly #births: SeriesBirths
  #breathedAt = performance.now()

  constructor(context: QueryContext, { startUnixNano, endUnixNano }: TimeBuckets, budget: ReadBudget) {
    this.#context = context
    this.#origin = startUnixNano
    this.#end = endUnixNano
    this.#budget = budget
    this.#births = new SeriesBirths(context.db)
    const prepare = (rest: string): ReturnType<ReadDb['prepare']> =>
      // Times are differences to the start of the range, which doubles hold exactly for 104 days.
      context.db.prepare(`SELECT ${columns} FROM point WHERE series_id = @series AND ${rest}`).safeIntegers(false).raw()
    const neighbour = (extreme: string, where: string): string =>
      `(SELECT ${extreme}(time_unix_nano) FROM point WHERE series_id = @series AND time_unix_nano ${where})`
    this.#page = prepare(
      `(time_unix_nano, id) > (coalesce(@after, ${neighbour('max', '< @origin')}, @origin), @afterId)
        AND time_unix_nano <= coalesce(${neighbour('min', '>= @end')}, @end) ORDER BY time_unix_nano, id LIMIT @limit`,
    )
    this.#newest = prepare('time_unix_nano < @end ORDER BY time_unix_nano DESC, id DESC LIMIT 2')
  }

  /** Pages of points in the order of their times; none for a series without points in or around the range. */
  async *pages(series: number): AsyncGenerator<ChartPoint[]> {
    const bounds = { series, origin: this.#origin, end: this.#end, limit: pageRows }
    let after: bigint | null = null
    let afterId = -1
    this.#budget.spend(pointsPerSeries)
    for (;;) {
      const rows = this.#page.all({ ...bounds, after, afterId }) as PointRow[]
      this.#budget.spend(rows.length)
      if (rows.length > 0) yield rows.map(chartPoint)
      await this.#breathe()
      const last = rows.at(-1)
      if (rows.length < pageRows || !last) return
      afterId = last[0]
      after = this.#timeOf(afterId)
    }
  }

  /** When a series was not there yet, if its first page shows that it began in the range. */
  bornAfter(series: number, [first]: readonly ChartPoint[]): number | undefined {
    if (!first || first.time < 0 || first.start === null || first.start >= first.time) return undefined
    const time = this.#origin + BigInt(first.time)
    const born = time <= maxUnixNano ? this.#births.bornAfter(series, time) : undefined
    return born === undefined ? undefined : Number(born - this.#origin)
  }

  /** The two newest points before the end of the range, the older first. */
  newest(series: number): ChartPoint[] {
    const rows = this.#newest.all({ series, origin: this.#origin, end: this.#end }) as PointRow[]
    return rows.reverse().map(chartPoint)
  }

  /** The exact time, which the difference in a row may not be. */
  #timeOf(id: number): bigint {
    return this.#context.db.prepare('SELECT time_unix_nano FROM point WHERE id = ?').pluck().get(id) as bigint
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathedAt < 20) return
    await breathe(this.#context.signal)
    this.#breathedAt = performance.now()
  }
}

function chartPoint([, time, start, flags, value, count, sum, min, max, json]: PointRow): ChartPoint {
  const stored = json === null ? null : (JSON.parse(json) as StoredDetail)
  return {
    time,
    start,
    recorded: (flags & noRecordedValue) === 0,
    value: special(stored?.doubleValue) ?? value,
    count: count ?? 0,
    sum: special(stored?.sum) ?? sum,
    min: special(stored?.min) ?? min,
    max: special(stored?.max) ?? max,
    detail: stored === null ? null : detailOf(stored),
  }
}

/** A double, or one that JSON can't hold. */
type StoredDouble = number | { readonly $double: string }

interface StoredDetail {
  readonly doubleValue?: StoredDouble
  readonly sum?: StoredDouble
  readonly min?: StoredDouble
  readonly max?: StoredDouble
  readonly bucketCounts?: readonly number[]
  readonly explicitBounds?: readonly StoredDouble[]
  readonly scale?: number
  readonly zeroCount?: number
  readonly zeroThreshold?: StoredDouble
  readonly positive?: DetailBuckets
  readonly negative?: DetailBuckets
  readonly quantileValues?: readonly { readonly quantile: StoredDouble; readonly value: StoredDouble }[]
}

function special(value: StoredDouble | undefined): number | undefined {
  return value === undefined || typeof value === 'number' ? value : Number(value.$double)
}

const double = (value: StoredDouble): number => (typeof value === 'number' ? value : Number(value.$double))

function detailOf(stored: StoredDetail): PointDetail {
  const { bucketCounts, explicitBounds, scale, zeroCount, zeroThreshold, positive, negative, quantileValues } = stored
  return {
    ...(bucketCounts ? { bucketCounts } : {}),
    ...(explicitBounds ? { explicitBounds: explicitBounds.map(double) } : {}),
    ...(scale === undefined ? {} : { scale }),
    ...(zeroCount === undefined ? {} : { zeroCount }),
    ...(zeroThreshold === undefined ? {} : { zeroThreshold: double(zeroThreshold) }),
    ...(positive ? { positive } : {}),
    ...(negative ? { negative } : {}),
    ...(quantileValues
      ? {
          quantileValues: quantileValues.map(({ quantile, value }) => ({
            quantile: double(quantile),
            value: double(value),
          })),
        }
      : {}),
  }
}
