/** The variants of a metric: what was sent under one name and can be added up, whatever its description said. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { ReadDb } from '../store/database.ts'
import { metricsNamed, type StoredMetric } from './stored-rows.ts'

/** As it was sent last. */
export interface MetricOfVariant extends Omit<StoredMetric, 'id' | 'metadata' | 'point_count'> {
  /** Rows of the store that differ in their description alone. */
  readonly ids: readonly bigint[]
}

/** Newest first; none for a name that was never received. */
export function variantsNamed(db: ReadDb, name: string): MetricOfVariant[] {
  const variants = new Map<string, MetricOfVariant>()
  for (const { id, metadata: _metadata, point_count: _points, ...metric } of metricsNamed(db, name)) {
    const key = JSON.stringify([metric.type, metric.unit, Number(metric.temporality), Number(metric.monotonic)])
    const ids = [...(variants.get(key)?.ids ?? []), id]
    variants.delete(key)
    variants.set(key, { ...metric, ids })
  }
  return [...variants.values()].reverse()
}

/** Throws NOT_FOUND for a name that was never received. */
export function knownVariants(db: ReadDb, name: string): MetricOfVariant[] {
  const variants = variantsNamed(db, name)
  if (variants.length === 0) throw new SpanlightError('NOT_FOUND', `No metric named ${name} is stored here.`)
  return variants
}
