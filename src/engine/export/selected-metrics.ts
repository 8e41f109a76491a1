/** The points of a selection: metric by metric, series by series, in pieces. */

import type { ExportSelection } from '#shared/contract/exports.ts'
import type { MetricData, PointData } from '#shared/model/telemetry-data.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { selectSeries } from '../queries/metric-selection.ts'
import { statement } from '../queries/statements.ts'
import { type StoredMetric, type StoredPoint, type StoredSeries, seriesById } from '../queries/stored-rows.ts'
import { metricOfRows, pointOfRow } from './metric-of-rows.ts'
import type { Places } from './record-of-row.ts'

const piecePoints = 1_000

/** A service that sent nothing has no points. */
export async function* selectedMetrics(
  context: QueryContext,
  selection: ExportSelection,
  places: Places,
): AsyncGenerator<MetricData[]> {
  const { db } = context
  const newest = (db.prepare('SELECT max(id) FROM point').pluck().get() as bigint | null) ?? 0n
  for (const metric of chosenMetrics(context, selection)) {
    const piece = new MetricPiece(places, metric)
    for (const seriesId of await chosenSeries(context, selection, metric)) {
      const series = seriesById(db, seriesId)
      if (!series) continue
      for await (const rows of pointsOfSeries(context, selection, seriesId, newest)) {
        piece.add(
          series,
          rows.map((row) => pointOfRow(db, series, row)),
        )
        if (piece.points >= piecePoints) yield piece.take()
      }
    }
    if (piece.points > 0) yield piece.take()
  }
}

/** How many points a selection has, as far as there is time to count. */
export async function countPoints(
  context: QueryContext,
  selection: ExportSelection,
  enough: () => boolean,
): Promise<{ readonly count: number; readonly complete: boolean }> {
  const { db, signal } = context
  const from = selection.start === undefined ? 0n : BigInt(selection.start)
  const until = selection.end === undefined ? null : BigInt(selection.end)
  let count = 0
  for (const metric of chosenMetrics(context, selection)) {
    for (const seriesId of await chosenSeries(context, selection, metric)) {
      const row = statement(
        db,
        `SELECT count(*) AS count FROM point WHERE series_id = ? AND time_unix_nano >= ?
            AND (? IS NULL OR time_unix_nano < ?)`,
      ).get([seriesId, from, until, until]) as { count: bigint }
      count += Number(row.count)
      if (enough()) return { count, complete: false }
      await breathe(signal)
    }
  }
  return { count, complete: true }
}

/** Series of one resource and scope share one metric, so that it isn't described again for each. */
class MetricPiece {
  readonly #places: Places
  readonly #metric: StoredMetric
  readonly #byPlace = new Map<string, { readonly series: StoredSeries; readonly points: PointData[] }>()
  points = 0

  constructor(places: Places, metric: StoredMetric) {
    this.#places = places
    this.#metric = metric
  }

  add(series: StoredSeries, points: readonly PointData[]): void {
    const place = `${series.resource_id} ${series.scope_id}`
    const group = this.#byPlace.get(place)
    if (group) group.points.push(...points)
    else this.#byPlace.set(place, { series, points: [...points] })
    this.points += points.length
  }

  take(): MetricData[] {
    const metrics = [...this.#byPlace.values()].map(({ series, points }) =>
      metricOfRows(this.#places, this.#metric, series, points),
    )
    this.#byPlace.clear()
    this.points = 0
    return metrics
  }
}

function chosenMetrics({ db }: QueryContext, { metrics }: ExportSelection): StoredMetric[] {
  const names = metrics?.names
  const all = db.prepare(
    `SELECT * FROM metric ${names ? 'WHERE name IN (SELECT value FROM json_each(?))' : ''} ORDER BY name, id`,
  )
  return (names ? all.all(JSON.stringify(names)) : all.all()) as StoredMetric[]
}

async function chosenSeries(
  context: QueryContext,
  { service, metrics }: ExportSelection,
  metric: StoredMetric,
): Promise<number[]> {
  const isKnown = service === undefined || context.db.prepare('SELECT 1 FROM service WHERE name = ?').get(service)
  if (!isKnown) return []
  const { groups } = await selectSeries(context, [metric.id], { service, attr: metrics?.attr })
  return groups.flatMap(({ seriesIds }) => seriesIds)
}

async function* pointsOfSeries(
  { db, signal }: QueryContext,
  { start, end }: ExportSelection,
  seriesId: number,
  newest: bigint,
): AsyncGenerator<StoredPoint[]> {
  const until = end === undefined ? null : BigInt(end)
  let time = start === undefined ? 0n : BigInt(start)
  let id = -1n
  for (;;) {
    const rows = statement(
      db,
      `SELECT * FROM point WHERE series_id = ? AND (time_unix_nano, id) > (?, ?) AND (? IS NULL OR time_unix_nano < ?)
          AND id <= ? ORDER BY time_unix_nano, id LIMIT ?`,
    ).all([seriesId, time, id, until, until, newest, piecePoints]) as StoredPoint[]
    const last = rows.at(-1)
    if (last) yield rows
    await breathe(signal)
    if (!last || rows.length < piecePoints) return
    time = last.time_unix_nano
    id = last.id
  }
}
