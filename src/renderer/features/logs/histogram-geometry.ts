/** Where the severity histogram's bars, ticks and selections stand. */

import type { LogHistogram } from '#shared/contract/logs.ts'
import { type SeverityLevel, severityLevels } from '#shared/model/severity.ts'

/** The worst level stands on the base line, where heights can be compared. */
export const stackOrder: readonly SeverityLevel[] = severityLevels.toReversed()

/** Below this height a bar could not be seen, and a single error among thousands must be. */
const leastHeight = 2

export interface Size {
  readonly width: number
  readonly height: number
}

interface Segment {
  readonly level: SeverityLevel
  readonly count: number
  readonly y: number
  readonly height: number
}

export interface Bar {
  readonly bucket: number
  readonly x: number
  readonly width: number
  readonly total: number
  readonly segments: readonly Segment[]
}

export interface LevelCount {
  readonly level: SeverityLevel
  readonly count: number
}

export function bucketCount(histogram: LogHistogram): number {
  return histogram.series.reduce((most, { counts }) => Math.max(most, counts.length), 0)
}

/** Counts of one bucket, worst level first, without zeros. */
export function countsIn(histogram: LogHistogram, bucket: number): readonly LevelCount[] {
  return inStackOrder(histogram, (counts) => counts[bucket] ?? 0)
}

/** Counts over all buckets, worst level first, without zeros. */
export function totalsOf(histogram: LogHistogram): readonly LevelCount[] {
  return inStackOrder(histogram, (counts) => counts.reduce((sum, count) => sum + count, 0))
}

function inStackOrder(histogram: LogHistogram, countOf: (counts: readonly number[]) => number): readonly LevelCount[] {
  return stackOrder.flatMap((level) => {
    const series = histogram.series.find((candidate) => candidate.level === level)
    const count = series ? countOf(series.counts) : 0
    return count > 0 ? [{ level, count }] : []
  })
}

export function sumOf(counts: readonly LevelCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

/** Highest number of records in one bucket; 0 when there are none. */
export function highestTotal(histogram: LogHistogram): number {
  let highest = 0
  for (let bucket = 0; bucket < bucketCount(histogram); bucket++)
    highest = Math.max(highest, sumOf(countsIn(histogram, bucket)))
  return highest
}

/** One bar for each bucket that holds anything, scaled so that the highest fills the height. */
export function barsOf(histogram: LogHistogram, { width, height }: Size): readonly Bar[] {
  const buckets = bucketCount(histogram)
  const highest = highestTotal(histogram)
  if (buckets === 0 || highest === 0) return []
  const step = width / buckets
  const gap = step >= 4 ? 1 : 0
  return Array.from({ length: buckets }, (_, bucket) => {
    const counts = countsIn(histogram, bucket)
    return {
      bucket,
      x: bucket * step,
      width: Math.max(1, step - gap),
      total: sumOf(counts),
      segments: stack(counts, highest, height),
    }
  }).filter((bar) => bar.total > 0)
}

function stack(counts: readonly LevelCount[], highest: number, height: number): readonly Segment[] {
  const heights = counts.map(({ count }) => Math.max(leastHeight, (count / highest) * height))
  const sum = heights.reduce((total, part) => total + part, 0)
  // What the raised small parts take is given back by the others, so that no bar grows out of the chart.
  const scale = sum > height ? height / sum : 1
  let y = height
  return counts.map(({ level, count }, index) => {
    const part = (heights[index] ?? 0) * scale
    y -= part
    return { level, count, y, height: part }
  })
}

/** The bucket under `x`; the nearest one where `x` lies outside. */
export function bucketAt(x: number, histogram: LogHistogram, width: number): number {
  const buckets = bucketCount(histogram)
  return Math.min(buckets - 1, Math.max(0, Math.floor((x / width) * buckets)))
}

/** When a bucket begins; `bucketCount` is where the last one ends. */
export function bucketStart(histogram: LogHistogram, bucket: number): bigint {
  return BigInt(histogram.startUnixNano) + BigInt(Math.round(histogram.stepNs)) * BigInt(bucket)
}

/** The time between two points of a drag, widened to whole buckets, as bounds of a range. */
export function boundsBetween(
  from: number,
  to: number,
  histogram: LogHistogram,
  width: number,
): { readonly start: string; readonly end: string } {
  const first = bucketAt(Math.min(from, to), histogram, width)
  const last = bucketAt(Math.max(from, to), histogram, width)
  return { start: String(bucketStart(histogram, first)), end: String(bucketStart(histogram, last + 1)) }
}

const second = 1_000_000_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** Steps between ticks that fall on round clock times. */
const tickSteps = [
  1_000_000,
  10_000_000,
  100_000_000,
  second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
  365 * day,
]

interface Tick {
  readonly x: number
  readonly timeUnixNano: bigint
}

export interface Ticks {
  readonly stepNs: number
  readonly ticks: readonly Tick[]
}

/**
 * Round clock times with at least `leastGap` between them. `zoneOffsetNs` is what local time is ahead of UTC, so that
 * steps of hours and days fall on local ones.
 */
export function ticksOf(histogram: LogHistogram, width: number, leastGap: number, zoneOffsetNs: number): Ticks {
  const spanNs = histogram.stepNs * bucketCount(histogram)
  if (spanNs <= 0 || width <= 0) return { stepNs: 0, ticks: [] }
  const stepNs = tickSteps.find((step) => (step / spanNs) * width >= leastGap) ?? spanNs
  const start = BigInt(histogram.startUnixNano)
  const step = BigInt(Math.round(stepNs))
  const zone = BigInt(zoneOffsetNs)
  const ticks: Tick[] = []
  for (let time = ((start + zone) / step) * step - zone; time <= start + BigInt(Math.round(spanNs)); time += step) {
    const x = (Number(time - start) / spanNs) * width
    if (x >= 0 && x <= width) ticks.push({ x, timeUnixNano: time })
  }
  return { stepNs, ticks }
}
