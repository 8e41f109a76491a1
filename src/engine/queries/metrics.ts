/** The metrics that were received. */

import type { Metric } from '#shared/contract/metrics.ts'
import { type MetricType, temporalityName } from '#shared/model/metric.ts'
import type { QueryContext } from './context.ts'

interface MetricRow {
  readonly id: bigint
  readonly name: string
  readonly type: MetricType
  readonly unit: string
  readonly description: string
  readonly temporality: bigint
  readonly monotonic: bigint
  readonly point_count: bigint
  readonly series_count: bigint
  readonly services: string
  readonly last_time_unix_nano: bigint | null
}

/** By name; a metric that changed its type, unit or temporality is listed once per variant. */
export function listMetrics(
  { db }: QueryContext,
  { service }: { service?: string | undefined },
): { metrics: Metric[] } {
  const rows = db
    .prepare(
      `SELECT *, (SELECT json_group_array(name) FROM (
                SELECT name FROM service WHERE id IN (SELECT value FROM json_each(metric.service_ids)) ORDER BY name
              )) AS services
         FROM metric
        WHERE @service IS NULL OR EXISTS (
                SELECT 1 FROM service
                 WHERE name = @service AND id IN (SELECT value FROM json_each(metric.service_ids)))
        ORDER BY name, id`,
    )
    .all({ service: service ?? null }) as MetricRow[]
  return {
    metrics: rows.map((row) => ({
      name: row.name,
      type: row.type,
      unit: row.unit,
      description: row.description,
      temporality: temporalityName(Number(row.temporality)),
      monotonic: row.monotonic === 1n,
      services: JSON.parse(row.services) as string[],
      seriesCount: Number(row.series_count),
      pointCount: Number(row.point_count),
      lastTimeUnixNano: row.last_time_unix_nano === null ? null : row.last_time_unix_nano.toString(),
    })),
  }
}
