/** Folds spans into the cells they belong to, of every width, by operation and by service. */

import { cellOfSpans, type FoldedCell, mergedCell, type WeightedSpan } from './folded-cell.ts'
import type { OutcomeCode } from './outcome.ts'
import { finestSeconds, rollupWidths } from './rollup-widths.ts'

/** Stands for all services together. */
export const allServices = 0

export interface FoldedSpan extends WeightedSpan {
  readonly serviceId: number
  readonly operationId: number
  readonly kind: number
  /** Whether it is a request: kind SERVER or CONSUMER, or without a parent. */
  readonly entry: boolean
  readonly outcome: OutcomeCode
}

interface Bucket {
  readonly widthSeconds: number
  readonly startUnixSeconds: number
  readonly entry: boolean
  readonly outcome: OutcomeCode
  readonly cell: FoldedCell
}

export interface OperationBucket extends Bucket {
  readonly operationId: number
}

export interface ServiceBucket extends Bucket {
  /** `allServices` or a service. */
  readonly serviceId: number
  readonly kind: number
}

export interface Fold {
  readonly operations: readonly OperationBucket[]
  readonly services: readonly ServiceBucket[]
}

const finestNs = BigInt(finestSeconds) * 1_000_000_000n

export function foldSpans(spans: readonly FoldedSpan[]): Fold {
  const operations = new Groups<number>()
  const services = new Groups<number>()
  const all = new Groups<number>()
  for (const span of spans) {
    const start = Number(span.startUnixNano / finestNs) * finestSeconds
    const ending = (span.entry ? 1 : 0) * 3 + span.outcome
    operations.add(start, span.operationId * 6 + ending, span)
    services.add(start, (span.serviceId * kinds + span.kind) * 6 + ending, span)
    all.add(start, span.kind * 6 + ending, span)
  }
  const serviceBuckets = [
    ...services.buckets(({ serviceId, kind }) => ({ serviceId, kind })),
    ...all.buckets(({ kind }) => ({ serviceId: allServices, kind })),
  ]
  return {
    operations: inAllWidths(
      operations.buckets(({ operationId }) => ({ operationId })),
      ({ operationId }) => `${operationId}`,
    ),
    services: inAllWidths(serviceBuckets, ({ serviceId, kind }) => `${serviceId} ${kind}`),
  }
}

/** More than there are, unknown ones of the future included. */
const kinds = 4096

/** Spans of one key in one of the finest buckets. */
class Groups<Key> {
  readonly #byTime = new Map<number, Map<Key, FoldedSpan[]>>()

  add(startUnixSeconds: number, key: Key, span: FoldedSpan): void {
    let byKey = this.#byTime.get(startUnixSeconds)
    if (!byKey) {
      byKey = new Map()
      this.#byTime.set(startUnixSeconds, byKey)
    }
    const group = byKey.get(key)
    if (group) group.push(span)
    else byKey.set(key, [span])
  }

  buckets<More>(more: (span: FoldedSpan) => More): (Bucket & More)[] {
    const buckets: (Bucket & More)[] = []
    for (const [startUnixSeconds, byKey] of this.#byTime) {
      for (const spans of byKey.values()) {
        const [span] = spans
        if (!span) continue
        const { entry, outcome } = span
        const cell = cellOfSpans(spans)
        buckets.push({ widthSeconds: finestSeconds, startUnixSeconds, entry, outcome, cell, ...more(span) })
      }
    }
    return buckets
  }
}

/** The finest buckets and their sums in each coarser width. */
function inAllWidths<B extends Bucket>(finest: readonly B[], keyOf: (bucket: B) => string): B[] {
  const all = [...finest]
  for (const { seconds } of rollupWidths) {
    if (seconds === finestSeconds) continue
    const sums = new BucketSums<B>()
    for (const bucket of finest) {
      const start = bucket.startUnixSeconds - (bucket.startUnixSeconds % seconds)
      const key = `${start} ${keyOf(bucket)} ${bucket.entry} ${bucket.outcome}`
      sums.add(key, bucket.cell, (cell) => ({ ...bucket, widthSeconds: seconds, startUnixSeconds: start, cell }))
    }
    all.push(...sums.buckets())
  }
  return all
}

/** Sums of cells by key. */
class BucketSums<B extends Bucket> {
  readonly #sums = new Map<string, { cell: FoldedCell; readonly make: (cell: FoldedCell) => B }>()

  add(key: string, cell: FoldedCell, make: (cell: FoldedCell) => B): void {
    const sum = this.#sums.get(key)
    if (sum) sum.cell = mergedCell(sum.cell, cell)
    else this.#sums.set(key, { cell, make })
  }

  buckets(): B[] {
    return Array.from(this.#sums.values(), ({ cell, make }) => make(cell))
  }
}
