/** Which groups are drawn when there are too many: the largest by a measure that costs a look or two at each series. */

import type { TimeBuckets } from '../signals/time-buckets.ts'
import { breathe, type QueryContext } from './context.ts'
import type { MetricNature } from './metric-lines.ts'
import type { SelectedGroup } from './metric-selection.ts'

const delta = 1n
const slicePauseMs = 20

/** How a series is measured, in SQL and in words. */
interface Measure {
  readonly newest: string
  /** What the newest is compared with; absent when it stands for itself. */
  readonly oldest?: string
  /** Of several series: the mean instead of the sum. */
  readonly isMean: boolean
  readonly words: string
}

const within = 'series_id = @series AND time_unix_nano >= @start AND time_unix_nano < @end'

function measureOf({ type, temporality, monotonic }: MetricNature): Measure {
  const value = type === 'gauge' || type === 'sum' ? 'coalesce(double_value, int_value)' : 'count'
  const newest = `(SELECT ${value} FROM point WHERE ${within} ORDER BY time_unix_nano DESC LIMIT 1)`
  const oldest = `(SELECT ${value} FROM point WHERE ${within} ORDER BY time_unix_nano LIMIT 1)`
  if (type === 'gauge') return { newest, isMean: true, words: 'newest value' }
  const words = type === 'sum' ? 'what was added in the range' : 'observations in the range'
  if (temporality === delta) {
    return { newest: `(SELECT total(${value}) FROM point WHERE ${within})`, isMean: false, words }
  }
  if (type === 'sum' && monotonic === 0n) return { newest, isMean: false, words: 'newest value' }
  return { newest, oldest, isMean: false, words }
}

export function rankedByOf(metric: MetricNature, groupCount: number, maxGroups: number): string {
  const { words, oldest } = measureOf(metric)
  if (groupCount <= maxGroups || oldest === undefined) return words
  return `${words}; which groups are shown is decided by newest minus oldest value`
}

/** The largest groups, at most `maxGroups`. Errors: CANCELLED. */
export async function largestGroups(
  { db, signal }: QueryContext,
  metric: MetricNature,
  groups: SelectedGroup[],
  { startUnixNano, endUnixNano }: TimeBuckets,
  maxGroups: number,
): Promise<SelectedGroup[]> {
  if (groups.length <= maxGroups) return groups
  const { newest, oldest = '0', isMean } = measureOf(metric)
  const measure = db.prepare(`SELECT ${newest}, ${oldest}`).safeIntegers(false).raw()
  const scored: { group: SelectedGroup; score: number }[] = []
  let breathedAt = performance.now()
  for (const group of groups) {
    let sum = 0
    let counted = 0
    for (const series of group.seriesIds) {
      const [last, first] = measure.get({ series, start: startUnixNano, end: endUnixNano }) as (number | null)[]
      if (last != null && Number.isFinite(last)) {
        // A count that fell began anew: then the newest is what is sure.
        sum += isMean || last < (first ?? 0) ? last : last - (first ?? 0)
        counted++
      }
      if (performance.now() - breathedAt > slicePauseMs) {
        await breathe(signal)
        breathedAt = performance.now()
      }
    }
    const score = counted === 0 ? Number.NEGATIVE_INFINITY : isMean ? sum / counted : sum
    scored.push({ group, score })
  }
  scored.sort((left, right) => right.score - left.score || compareKeys(left.group, right.group))
  return scored.slice(0, maxGroups).map(({ group }) => group)
}

function compareKeys(left: SelectedGroup, right: SelectedGroup): number {
  return JSON.stringify(left.key) < JSON.stringify(right.key) ? -1 : 1
}
