/** Folds spans into the cells they belong to, of every width, by operation and by service. */

import type { OutcomeCode } from './outcome.ts'
import { addToCell, emptyCell, mergeCell, type RollupCell } from './rollup-cell.ts'
import { chooseExemplars, type RollupExemplar } from './rollup-exemplars.ts'
import { finestSeconds, rollupWidths } from './rollup-widths.ts'

/** Stands for all services together. */
export const allServices = 0

export interface FoldedSpan extends RollupExemplar {
  readonly serviceId: number
  readonly operationId: number
  readonly kind: number
  /** Whether it is a request: kind SERVER or CONSUMER, or without a parent. */
  readonly entry: boolean
  readonly outcome: OutcomeCode
  /** How many requests it stands for. */
  readonly weight: number
}

interface Bucket {
  readonly widthSeconds: number
  readonly startUnixSeconds: number
  readonly entry: boolean
  readonly outcome: OutcomeCode
  readonly cell: RollupCell
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
  readonly cell: RollupCell
  readonly spans: FoldedSpan[]
}

export function foldSpans(spans: readonly FoldedSpan[]): Fold {
  const groups = groupByOperation(spans)
  const finestOperations: OperationBucket[] = []
  const finestServices = new BucketSums<ServiceBucket>()
  for (const { span, startUnixSeconds, cell } of groups) {
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
      group = { span, startUnixSeconds: start, cell: emptyCell(), spans: [] }
      byKey.set(key, group)
      groups.push(group)
    }
    addToCell(group.cell, span.durationNs, span.weight)
    group.spans.push(span)
  }
  for (const { cell, spans: members } of groups) {
    cell.exemplars = chooseExemplars(members, cell.n > 1 ? cell.sketch.quantile(0.99) : null)
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

/** Sums of cells by key. What has one part only isn't copied: cells are read only from here on. */
class BucketSums<B extends Bucket> {
  readonly #sums = new Map<string, { cell: RollupCell; own: boolean; readonly make: (cell: RollupCell) => B }>()

  add(key: string, cell: RollupCell, make: (cell: RollupCell) => B): void {
    const sum = this.#sums.get(key)
    if (!sum) {
      this.#sums.set(key, { cell, own: false, make })
      return
    }
    if (!sum.own) {
      const copy = emptyCell()
      mergeCell(copy, sum.cell)
      sum.cell = copy
      sum.own = true
    }
    mergeCell(sum.cell, cell)
  }

  buckets(): B[] {
    return Array.from(this.#sums.values(), ({ cell, make }) => make(cell))
  }
}
