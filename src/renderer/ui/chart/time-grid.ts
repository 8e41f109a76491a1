/** Buckets of equal width along a time axis: where each begins in exact nanoseconds, and which one an instant lies in. */

export interface TimeGrid {
  readonly startUnixNano: bigint
  readonly stepNs: bigint
  /** How many buckets there are. */
  readonly count: number
}

const nanosPerSecond = 1_000_000_000

/** The grid of an answer that names its start and step. */
export function timeGrid(startUnixNano: string, stepSeconds: number, count: number): TimeGrid {
  return { startUnixNano: BigInt(startUnixNano), stepNs: BigInt(Math.round(stepSeconds * nanosPerSecond)), count }
}

/** When a bucket begins; `bucketStart(grid, grid.count)` is where the last one ends. */
export function bucketStart(grid: TimeGrid, bucket: number): bigint {
  return grid.startUnixNano + grid.stepNs * BigInt(bucket)
}

export function gridEnd(grid: TimeGrid): bigint {
  return bucketStart(grid, grid.count)
}

/** How many buckets after the start an instant lies, with its fraction; below 0 and above `count` outside of the grid. */
export function gridPosition(grid: TimeGrid, unixNano: bigint): number {
  // What lies far outside needs no precision, and what lies within is far below 2^53.
  return Number(unixNano - grid.startUnixNano) / Number(grid.stepNs)
}

/** The bucket that holds an instant; undefined outside of the grid. */
export function bucketOf(grid: TimeGrid, unixNano: bigint): number | undefined {
  const offset = unixNano - grid.startUnixNano
  if (offset < 0n) return undefined
  const bucket = Number(offset / grid.stepNs)
  return bucket < grid.count ? bucket : undefined
}

/** The bucket nearest to a position, for pointers that leave the plot. */
export function clampBucket(grid: TimeGrid, position: number): number {
  return Math.min(grid.count - 1, Math.max(0, Math.floor(position)))
}
