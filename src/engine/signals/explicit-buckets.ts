/** Histograms with explicit bounds: differences, sums, and what they come to when bounds differ. */

import type { Cell } from './quantile.ts'

export interface ExplicitBuckets {
  /** Ascending. */
  readonly bounds: readonly number[]
  /** One more than bounds: the last counts what exceeds them all. */
  readonly counts: readonly number[]
}

/** Whether counts and bounds belong together as the data model asks. */
export function isWellFormed({ bounds, counts }: ExplicitBuckets): boolean {
  if (counts.length !== bounds.length + 1) return false
  return bounds.every((bound, index) => {
    const before = bounds[index - 1]
    return !Number.isNaN(bound) && (before === undefined || before < bound)
  })
}

/** Undefined when a bucket fell. Throws RangeError when bounds differ: nobody can tell then. */
export function subtractExplicit(newer: ExplicitBuckets, older: ExplicitBuckets): ExplicitBuckets | undefined {
  if (!sameBounds(newer.bounds, older.bounds)) throw new RangeError('bounds differ')
  const counts = newer.counts.map((count, index) => count - (older.counts[index] ?? 0))
  return counts.every((count) => count >= 0) ? { bounds: newer.bounds, counts } : undefined
}

function sameBounds(left: readonly number[], right: readonly number[]): boolean {
  return left === right || (left.length === right.length && left.every((bound, index) => bound === right[index]))
}

/** Every bound of any of them, ascending. */
export function unionOfBounds(all: readonly (readonly number[])[]): number[] {
  return [...new Set(all.flat())].sort((left, right) => left - right)
}

/** The same counts in buckets with more bounds; what lay in a bucket that is now several is shared out by their width. */
export function refine({ bounds, counts }: ExplicitBuckets, finer: readonly number[]): number[] {
  if (sameBounds(bounds, finer)) return [...counts]
  const refined = new Array<number>(finer.length + 1).fill(0)
  let first = 0
  counts.forEach((count, index) => {
    const from = bounds[index - 1] ?? Number.NEGATIVE_INFINITY
    const to = bounds[index] ?? Number.POSITIVE_INFINITY
    let last = first
    while (last < finer.length && (finer[last] ?? to) < to) last++
    shareOut(refined, finer, { first, last, from, to, count })
    first = last + 1
  })
  return refined
}

interface Share {
  readonly first: number
  readonly last: number
  readonly from: number
  readonly to: number
  readonly count: number
}

function shareOut(refined: number[], finer: readonly number[], { first, last, from, to, count }: Share): void {
  const give = (cell: number, amount: number): void => {
    refined[cell] = (refined[cell] ?? 0) + amount
  }
  // A bucket without an end has no width to share by: everything stays next to its one bound.
  if (!Number.isFinite(to) || !Number.isFinite(from)) {
    give(Number.isFinite(from) ? first : last, count)
    return
  }
  let given = 0
  for (let cell = first; cell < last; cell++) {
    const width = (finer[cell] ?? to) - Math.max(from, finer[cell - 1] ?? from)
    const amount = (count * width) / (to - from)
    give(cell, amount)
    given += amount
  }
  give(last, count - given)
}

/** Cells of buckets; what is measured is taken to be positive where the first bound is. */
export function explicitCells(bounds: readonly number[], counts: ArrayLike<number>): Cell[] {
  return Array.from({ length: bounds.length + 1 }, (_, index) => {
    const to = bounds[index] ?? Number.POSITIVE_INFINITY
    const from = bounds[index - 1] ?? (to > 0 && Number.isFinite(to) ? 0 : Number.NEGATIVE_INFINITY)
    return { from, to, count: counts[index] ?? 0 }
  })
}
