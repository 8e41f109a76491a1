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

interface Group {
  readonly span: FoldedSpan
  readonly startUnixSeconds: number
  readonly spans: FoldedSpan[]
}

export function foldSpans(spans: readonly FoldedSpan[]): Fold {
  const groups = groupByOperation(spans)
  const finestOperations: OperationBucket[] = []
  const finestServices = new BucketSums<ServiceBucket>()
  for (const { span, startUnixSeconds, spans: members } of groups) {
    const cell = cellOfSpans(members)
    const { serviceId, operationId, kind, entry, outcome } = span
    const bucket = { widthSeconds: finestSeconds, startUnixSeconds, entry, outcome }
    finestOperations.push({ ...bucket, operationId, cell })
    for (const service of [serviceId, allServices]) {
      finestServices.add(`${startUnixSeconds} ${service} ${kind} ${entry} ${outcome}`, cell, (sum) => ({
        ...bucket,
        serviceId: service,
        kind,
        cell: sum,
      }))
    }
  }
  const services = finestServices.buckets()
  return {
    operations: inAllWidths(finestOperations, ({ operationId }) => `${operationId}`),
    services: inAllWidths(services, ({ serviceId, kind }) => `${serviceId} ${kind}`),
  }
}

function groupByOperation(spans: readonly FoldedSpan[]): Group[] {
  const byTime = new Map<number, Map<number, Group>>()
  const groups: Group[] = []
  for (const span of spans) {
    const start = Number(span.startUnixNano / finestNs) * finestSeconds
    const byKey = byTime.get(start) ?? new Map<number, Group>()
    byTime.set(start, byKey)
    const key = (span.operationId * 2 + (span.entry ? 1 : 0)) * 3 + span.outcome
    let group = byKey.get(key)
    if (!group) {
      group = { span, startUnixSeconds: start, spans: [] }
      byKey.set(key, group)
      groups.push(group)
    }
    group.spans.push(span)
  }
  return groups
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
