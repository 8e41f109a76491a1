/** Which buckets answer a question: the range asked for, widened outward to whole buckets, and the width that is read. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { nanosPerSecond } from '#shared/model/time.ts'
import { allServices } from '../rollup/fold.ts'
import { coarsestSeconds, finestSeconds, rollupWidths } from '../rollup/rollup-widths.ts'
import type { ReadDb } from '../store/database.ts'

export interface AskedRange {
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly stepSeconds?: number | undefined
}

export interface RollupRange {
  /** First bucket, and the end of the last. */
  readonly startUnixSeconds: number
  readonly endUnixSeconds: number
  readonly stepSeconds: number
  /** Rollups of this width are read; it divides the step. */
  readonly widthSeconds: number
}

/** Wide enough to see, narrow enough to draw. */
const targetBuckets = 120
const maxBuckets = 3_000

const minute = 60
const hour = 60 * minute
const day = 24 * hour
/** Steps that fall on round clock times. */
const niceSteps = [
  10,
  20,
  30,
  minute,
  2 * minute,
  3 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
]

/**
 * Undefined in a store without rollups when a bound is missing. Throws BAD_INPUT when the end lies before the start.
 * A step is rounded up to one that stored buckets add up to, and so far that an answer has at most 3000 buckets.
 */
export function rollupRange(db: ReadDb, asked: AskedRange, buckets = targetBuckets): RollupRange | undefined {
  const bounds = boundsOf(db, asked)
  if (!bounds) return undefined
  const [start, end] = bounds
  const usable = usableWidths(db, start)
  const finest = usable[0] ?? coarsestSeconds
  const least = Math.max(
    asked.stepSeconds ?? 1,
    Math.ceil((end - start) / (asked.stepSeconds ? maxBuckets - 1 : buckets)),
  )
  const step = stepOf(least, finest, asked.stepSeconds !== undefined && least === asked.stepSeconds)
  const width = usable.filter((seconds) => step % seconds === 0).at(-1) ?? finest
  return {
    startUnixSeconds: Math.floor(start / step) * step,
    endUnixSeconds: Math.ceil(end / step) * step,
    stepSeconds: step,
    widthSeconds: width,
  }
}

/** One run of buckets of one width. */
export interface CoverPiece {
  readonly widthSeconds: number
  readonly fromUnixSeconds: number
  readonly untilUnixSeconds: number
}

/** A range as few buckets as can be: coarse ones within, finer ones at its ends. */
export interface RollupCover {
  readonly startUnixSeconds: number
  readonly endUnixSeconds: number
  readonly pieces: readonly CoverPiece[]
  /** Width of the history's buckets, which all pieces respect; undefined when none was asked for. */
  readonly historySeconds: number | undefined
}

/** Widened outward to the finest buckets kept that far back. Undefined and errors as for `rollupRange`. */
export function rollupCover(db: ReadDb, asked: AskedRange, history: number | undefined): RollupCover | undefined {
  const bounds = boundsOf(db, asked)
  if (!bounds) return undefined
  const usable = usableWidths(db, bounds[0])
  const finest = usable[0] ?? coarsestSeconds
  const start = Math.floor(bounds[0] / finest) * finest
  const end = Math.ceil(bounds[1] / finest) * finest
  const historySeconds = history === undefined ? undefined : stepOf(Math.ceil((end - start) / history), finest, false)
  const widths = usable.filter((seconds) => historySeconds === undefined || historySeconds % seconds === 0)
  return { startUnixSeconds: start, endUnixSeconds: end, pieces: piecesOf(start, end, widths), historySeconds }
}

function piecesOf(from: number, until: number, widths: readonly number[]): CoverPiece[] {
  const width = widths.at(-1)
  if (from >= until || width === undefined) return []
  const first = Math.ceil(from / width) * width
  const last = Math.floor(until / width) * width
  const finer = widths.slice(0, -1)
  if (first >= last) return piecesOf(from, until, finer)
  return [
    ...piecesOf(from, first, finer),
    { widthSeconds: width, fromUnixSeconds: first, untilUnixSeconds: last },
    ...piecesOf(last, until, finer),
  ]
}

/** Widths whose buckets reach back to the start, finest first. */
function usableWidths(db: ReadDb, startUnixSeconds: number): number[] {
  const keptFrom = new Map(
    db.prepare("SELECT name, value FROM rollup_state WHERE name LIKE 'kept_from_%'").raw().all() as [string, bigint][],
  )
  return rollupWidths
    .map(({ seconds }) => seconds)
    .filter(
      (seconds) =>
        seconds === coarsestSeconds || startUnixSeconds >= Number(keptFrom.get(`kept_from_${seconds}`) ?? 0n),
    )
}

export function instantOf(unixSeconds: number): string {
  return (BigInt(unixSeconds) * nanosPerSecond).toString()
}

/** The smallest step of at least so many seconds that whole buckets of the finest width make up. */
function stepOf(least: number, finest: number, exact: boolean): number {
  if (!exact) {
    const nice = niceSteps.find((step) => step >= least && step % finest === 0)
    if (nice !== undefined) return nice
    return Math.ceil(least / day) * day
  }
  return Math.ceil(least / finest) * finest
}

/** In seconds, fractions included: the range itself is exact, its buckets are whole. */
function boundsOf(db: ReadDb, { start, end }: AskedRange): [number, number] | undefined {
  if (start !== undefined && end !== undefined && BigInt(end) < BigInt(start)) {
    throw new SpanlightError('BAD_INPUT', 'The range ends before it starts: `end` must not be smaller than `start`.')
  }
  if (start !== undefined && end !== undefined) return [toSeconds(start), Math.max(toSeconds(start), toSecondsUp(end))]
  const known = knownSeconds(db)
  if (!known) return undefined
  const { first, last } = known
  const from = start === undefined ? Math.min(first, end === undefined ? first : toSecondsUp(end)) : toSeconds(start)
  const until = end === undefined ? Math.max(last, from) : toSecondsUp(end)
  return [from, until]
}

/** From the first bucket to the end of the last one, whatever was sent; undefined in a store without rollups. */
export function knownSeconds(db: ReadDb): { readonly first: number; readonly last: number } | undefined {
  const fine = extentOf(db, finestSeconds)
  const coarse = extentOf(db, coarsestSeconds)
  if (!coarse) return undefined
  // The finest buckets tell better where data begins and ends, if they reach that far.
  return {
    first: fine && fine.first < coarse.first + coarsestSeconds ? fine.first : coarse.first,
    last: fine && fine.last >= coarse.last ? fine.last + finestSeconds : coarse.last + coarsestSeconds,
  }
}

/** Starts of the first and last bucket of a width. */
function extentOf(db: ReadDb, widthSeconds: number): { readonly first: number; readonly last: number } | undefined {
  const extreme = (order: 'ASC' | 'DESC'): number | undefined =>
    db
      .prepare(
        `SELECT start_unix_s FROM service_rollup WHERE width_s = ? AND service_id = ${allServices} ORDER BY start_unix_s ${order} LIMIT 1`,
      )
      .pluck()
      .safeIntegers(false)
      .get(widthSeconds) as number | undefined
  const first = extreme('ASC')
  const last = extreme('DESC')
  return first === undefined || last === undefined ? undefined : { first, last }
}

function toSeconds(unixNano: string): number {
  return Number(BigInt(unixNano) / nanosPerSecond)
}

function toSecondsUp(unixNano: string): number {
  return Number((BigInt(unixNano) + nanosPerSecond - 1n) / nanosPerSecond)
}
