/** Stored metrics as OTLP/JSON: field for field what was sent. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { MetricData } from '#shared/model/telemetry-data.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { statement } from '../queries/statements.ts'
import {
  metricsNamed,
  type StoredMetric,
  type StoredPoint,
  type StoredSeries,
  seriesOfMetric,
} from '../queries/stored-rows.ts'
import type { ReadDb } from '../store/database.ts'
import { metricJson } from '../wire/otlp-metrics-json-encode.ts'
import { metricOfRows, pointOfRow } from './metric-of-rows.ts'
import { OtlpDocument } from './otlp-document.ts'
import { Places } from './record-of-row.ts'

/** Points of one document: about what fits into its limit. */
const maxPoints = 300_000

/** Every point of a metric as UTF-8 OTLP/JSON `{"resourceMetrics": […]}`. Throws NOT_FOUND, TOO_LARGE. */
export async function metricAsOtlp({ db, signal }: QueryContext, { name }: { name: string }): Promise<Uint8Array> {
  const metrics = metricsNamed(db, name)
  if (metrics.length === 0) throw new SpanlightError('NOT_FOUND', `No metric named ${name} is stored here.`)
  const points = metrics.reduce((sum, { point_count }) => sum + Number(point_count), 0)
  if (points > maxPoints) {
    throw new SpanlightError('TOO_LARGE', `${name} has ${points} points; ${maxPoints} at most are given at once.`)
  }
  const places = new Places(db)
  const document = new OtlpDocument({ resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' })
  for (const metric of metrics) {
    for (const group of byPlace(seriesOfMetric(db, metric.id))) {
      const record = wholeMetric(db, places, metric, group)
      if (record) document.add(record, metricJson(record))
      await breathe(signal)
    }
  }
  return document.finish()
}

/** Series of one resource and scope belong into one metric of the document. */
function byPlace(series: readonly StoredSeries[]): StoredSeries[][] {
  const groups: StoredSeries[][] = []
  for (const each of series) {
    const group = groups.at(-1)
    const last = group?.[0]
    if (group && last?.resource_id === each.resource_id && last.scope_id === each.scope_id) group.push(each)
    else groups.push([each])
  }
  return groups
}

function wholeMetric(
  db: ReadDb,
  places: Places,
  metric: StoredMetric,
  group: readonly StoredSeries[],
): MetricData | undefined {
  const points = group.flatMap((series) => {
    const rows = statement(db, 'SELECT * FROM point WHERE series_id = ? ORDER BY id').all(series.id) as StoredPoint[]
    return rows.map((row) => pointOfRow(db, series, row))
  })
  const [first] = group
  return first && metricOfRows(places, metric, first, points)
}
