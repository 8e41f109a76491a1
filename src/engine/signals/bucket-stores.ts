/** Merged buckets over time: of histograms with explicit bounds, and of exponential ones. */

import { type ChartPoint, type DetailBuckets, type Skipped, skipReasons } from './chart-point.ts'
import {
  type ExplicitBuckets,
  explicitCells,
  isWellFormed,
  refine,
  subtractExplicit,
  unionOfBounds,
} from './explicit-buckets.ts'
import {
  addExponential,
  type ExponentialBuckets,
  exponentialCells,
  type IndexedCounts,
  subtractExponential,
} from './exponential-buckets.ts'
import type { BucketStore } from './histogram-lines.ts'
import { type Cell, geometric, linear } from './quantile.ts'

/** Different bounds within one group; points with further ones are counted as skipped. */
const maxLayouts = 8

interface Layout {
  readonly bounds: readonly number[]
  /** One row of cells for each bucket of time. */
  readonly cells: Float64Array
}

export class ExplicitStore implements BucketStore<ExplicitBuckets> {
  readonly #count: number
  readonly #layouts = new Map<string, Layout>()
  readonly interpolate = linear
  readonly warnings = new Set<string>()

  constructor(count: number) {
    this.#count = count
  }

  read({ detail, count, min, max }: ChartPoint, skipped: Skipped): ExplicitBuckets | undefined {
    const buckets = { bounds: detail?.explicitBounds ?? [], counts: detail?.bucketCounts ?? [] }
    // A histogram may come without buckets; its extremes alone then say where its values are.
    if (buckets.counts.length === 0 && buckets.bounds.length === 0) {
      return min === null || max === null ? undefined : { bounds: [], counts: [count] }
    }
    if (isWellFormed(buckets)) return buckets
    skipped.add(skipReasons.malformed)
    return undefined
  }

  subtract(newer: ExplicitBuckets, older: ExplicitBuckets): ExplicitBuckets | undefined {
    return subtractExplicit(newer, older)
  }

  add(bucket: number, { bounds, counts }: ExplicitBuckets, part: number, skipped: Skipped): void {
    const key = bounds.join(' ')
    let layout = this.#layouts.get(key)
    if (!layout) {
      if (this.#layouts.size >= maxLayouts) {
        skipped.add(skipReasons.manyBounds)
        return
      }
      layout = { bounds, cells: new Float64Array(this.#count * (bounds.length + 1)) }
      this.#layouts.set(key, layout)
      if (this.#layouts.size === 2) {
        this.warnings.add(
          'Bucket bounds differ or changed: buckets are merged on all bounds together, a wider bucket spread evenly over narrower ones.',
        )
      }
    }
    const width = bounds.length + 1
    for (let index = 0; index < width; index++) {
      const cell = bucket * width + index
      layout.cells[cell] = (layout.cells[cell] ?? 0) + (counts[index] ?? 0) * part
    }
  }

  cells(bucket: number): readonly Cell[] {
    const rows = [...this.#layouts.values()]
      .map(({ bounds, cells }) => {
        const width = bounds.length + 1
        return { bounds, counts: Array.from(cells.subarray(bucket * width, (bucket + 1) * width)) }
      })
      .filter(({ counts }) => counts.some((count) => count > 0))
    const [only] = rows
    if (!only) return []
    if (rows.length === 1) return explicitCells(only.bounds, only.counts)
    const union = unionOfBounds(rows.map(({ bounds }) => bounds))
    const merged = new Float64Array(union.length + 1)
    for (const row of rows) {
      refine(row, union).forEach((count, cell) => {
        merged[cell] = (merged[cell] ?? 0) + count
      })
    }
    return explicitCells(union, merged)
  }
}

const nothing: ExponentialBuckets = {
  scale: 20,
  zeroCount: 0,
  zeroThreshold: 0,
  positive: { offset: 0, counts: [] },
  negative: { offset: 0, counts: [] },
}

export class ExponentialStore implements BucketStore<ExponentialBuckets> {
  readonly #merged: (ExponentialBuckets | undefined)[]
  readonly interpolate = geometric
  readonly warnings = new Set<string>()

  constructor(count: number) {
    this.#merged = new Array<ExponentialBuckets | undefined>(count).fill(undefined)
  }

  read({ detail }: ChartPoint, skipped: Skipped): ExponentialBuckets | undefined {
    const { scale = 0, zeroCount = 0, zeroThreshold = 0 } = detail ?? {}
    if (!(zeroThreshold >= 0 && zeroThreshold < Number.POSITIVE_INFINITY)) {
      skipped.add(skipReasons.malformed)
      return undefined
    }
    return {
      scale,
      zeroCount,
      zeroThreshold,
      positive: indexed(detail?.positive),
      negative: indexed(detail?.negative),
    }
  }

  subtract(newer: ExponentialBuckets, older: ExponentialBuckets): ExponentialBuckets | undefined {
    return subtractExponential(newer, older)
  }

  add(bucket: number, value: ExponentialBuckets, part: number): void {
    this.#merged[bucket] = addExponential(this.#merged[bucket] ?? nothing, value, part)
  }

  cells(bucket: number): readonly Cell[] {
    const merged = this.#merged[bucket]
    return merged ? exponentialCells(merged) : []
  }

  /** The coarsest scale of all buckets; undefined when there are none. */
  coarsestScale(): number | undefined {
    let coarsest: number | undefined
    for (const merged of this.#merged) {
      if (merged && (coarsest === undefined || merged.scale < coarsest)) coarsest = merged.scale
    }
    return coarsest
  }
}

function indexed(buckets: DetailBuckets | undefined): IndexedCounts {
  return { offset: buckets?.offset ?? 0, counts: buckets?.bucketCounts ?? [] }
}
