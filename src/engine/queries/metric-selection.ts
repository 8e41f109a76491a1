/** The series of a metric that pass the filters, in groups; a slice of series at a time. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { type KeyValue, toPlainJson, unpackAttributes } from '#shared/model/jsonb.ts'
import { attributeSpellings } from '#shared/model/semconv.ts'
import type { ReadDb } from '../store/database.ts'
import { attributeCondition } from './attribute-filter.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { statement } from './statements.ts'
import { resourceById } from './stored-rows.ts'

/** Attributes are learnt from this many series of a metric. */
const maxSeriesLearntFrom = 1_000
/** Groups kept apart at most, in memory; a metric has no more series than that unless it is older than their limit. */
const maxGroupsTracked = 100_000
const maxServicesNamed = 20
const maxCachedResources = 1_000

export interface SelectedGroup {
  readonly key: readonly (string | null)[]
  readonly seriesIds: number[]
  readonly serviceIds: Set<number>
}

export interface Selection {
  readonly groups: SelectedGroup[]
  readonly seriesCount: number
  readonly attributes: { key: string; values: number }[]
  /** Series that belong to groups beyond those kept apart. */
  readonly untracked: number
}

export interface SeriesFilter {
  readonly service?: string | undefined
  readonly groupBy?: readonly string[] | undefined
  readonly attr?: readonly string[] | undefined
}

interface SeriesRow {
  readonly id: number
  readonly service_id: number
  readonly resource_id: number
  readonly attributes: Buffer
}

/** The service's id; null when none is asked for. Throws NOT_FOUND. */
export function serviceIdOf(db: ReadDb, service: string | undefined): number | null {
  if (service === undefined) return null
  const row = statement(db, 'SELECT id FROM service WHERE name = ?').get(service) as { id: bigint } | undefined
  if (!row) {
    throw new SpanlightError(
      'NOT_FOUND',
      `No service named ${service} has sent anything. GET /api/services lists those that have.`,
    )
  }
  return Number(row.id)
}

/** Errors: NOT_FOUND, CANCELLED. */
export async function selectSeries(
  { db, signal }: QueryContext,
  metricIds: readonly bigint[],
  filter: SeriesFilter,
): Promise<Selection> {
  const serviceId = serviceIdOf(db, filter.service)
  const conditions = (filter.attr ?? []).map(attributeCondition)
  const where = conditions
    .map((condition) => `(${condition.sql('series.attributes')} OR ${condition.sql('resource.attributes')})`)
    .join(' AND ')
  const rows = db
    .prepare(
      `SELECT series.id, series.service_id, series.resource_id, series.attributes
         FROM series ${where === '' ? '' : 'JOIN resource ON resource.id = series.resource_id'}
        WHERE series.metric_id = ? AND series.id > ? AND series.id <= ? AND (? IS NULL OR series.service_id = ?)
          ${where === '' ? '' : `AND ${where}`} ORDER BY series.id`,
    )
    .safeIntegers(false)
  const parameters = conditions.flatMap((condition) => [...condition.parameters, ...condition.parameters])
  const groups = new Groups(db, filter.groupBy ?? [])
  const slices = new SliceSize()
  for (const metricId of metricIds) {
    for (let after = 0; ; ) {
      const end = sliceEnd(db, metricId, after, slices.rows)
      if (end === undefined) break
      const from = after
      slices.time(() => {
        for (const row of rows.all(metricId, from, end, serviceId, serviceId, ...parameters) as SeriesRow[]) {
          groups.add(row)
        }
      })
      after = end
      await breathe(signal)
    }
  }
  return groups.selection()
}

/** Id of the last series of the next slice; undefined after the last one. */
function sliceEnd(db: ReadDb, metricId: bigint, after: number, rows: number): number | undefined {
  const last = statement(
    db,
    'SELECT max(id) AS id FROM (SELECT id FROM series WHERE metric_id = ? AND id > ? ORDER BY id LIMIT ?)',
  ).get([metricId, after, rows]) as { id: bigint | null }
  return last.id === null ? undefined : Number(last.id)
}

class Groups {
  readonly #db: ReadDb
  /** Every spelling of each key, the one asked for first. */
  readonly #keys: readonly (readonly string[])[]
  readonly #groups = new Map<string, SelectedGroup>()
  readonly #resources = new Map<number, ReadonlyMap<string, string>>()
  readonly #serviceNames = new Map<number, string>()
  readonly #values = new Map<string, Set<string>>()
  #seriesCount = 0
  #untracked = 0

  constructor(db: ReadDb, groupBy: readonly string[]) {
    this.#db = db
    this.#keys = groupBy.map(attributeSpellings)
  }

  add(row: SeriesRow): void {
    this.#seriesCount++
    const learns = this.#seriesCount <= maxSeriesLearntFrom
    const own = learns || this.#keys.length > 0 ? textsOf(unpackAttributes(row.attributes)) : new Map<string, string>()
    if (learns) this.#learn(row, own)
    const key = this.#keys.map((spellings) => this.#valueOf(row, own, spellings))
    const id = JSON.stringify(key)
    let group = this.#groups.get(id)
    if (!group) {
      if (this.#groups.size >= maxGroupsTracked) {
        this.#untracked++
        return
      }
      group = { key, seriesIds: [], serviceIds: new Set() }
      this.#groups.set(id, group)
    }
    group.seriesIds.push(row.id)
    if (group.serviceIds.size < maxServicesNamed) group.serviceIds.add(row.service_id)
  }

  #valueOf(row: SeriesRow, own: ReadonlyMap<string, string>, spellings: readonly string[]): string | null {
    const [asked] = spellings
    if (asked === 'service.name') return this.#serviceName(row.service_id)
    const resource = this.#resource(row.resource_id)
    for (const name of spellings) {
      const value = own.get(name) ?? resource.get(name)
      if (value !== undefined) return value
    }
    return null
  }

  #learn(row: SeriesRow, own: ReadonlyMap<string, string>): void {
    this.#learnValue('service.name', this.#serviceName(row.service_id))
    for (const [key, value] of [...this.#resource(row.resource_id), ...own]) this.#learnValue(key, value)
  }

  #learnValue(key: string, value: string): void {
    const values = this.#values.get(key)
    if (values) values.add(value)
    else this.#values.set(key, new Set([value]))
  }

  #resource(id: number): ReadonlyMap<string, string> {
    let found = this.#resources.get(id)
    if (!found) {
      found = textsOf(unpackAttributes(resourceById(this.#db, BigInt(id)).attributes))
      if (this.#resources.size >= maxCachedResources) this.#resources.clear()
      this.#resources.set(id, found)
    }
    return found
  }

  #serviceName(id: number): string {
    let name = this.#serviceNames.get(id)
    if (name === undefined) {
      name = serviceName(this.#db, id)
      if (this.#serviceNames.size >= maxCachedResources) this.#serviceNames.clear()
      this.#serviceNames.set(id, name)
    }
    return name
  }

  selection(): Selection {
    return {
      groups: [...this.#groups.values()],
      seriesCount: this.#seriesCount,
      untracked: this.#untracked,
      attributes: [...this.#values]
        .map(([key, values]) => ({ key, values: values.size }))
        .sort((left, right) => (left.key < right.key ? -1 : 1)),
    }
  }
}

export function serviceName(db: ReadDb, id: number): string {
  const row = statement(db, 'SELECT name FROM service WHERE id = ?').get(id) as { name: string } | undefined
  return row?.name ?? ''
}

function textsOf(pairs: readonly KeyValue[]): Map<string, string> {
  return new Map(
    pairs.map(({ key, value }) => {
      const plain = toPlainJson(value)
      return [key, typeof plain === 'string' ? plain : JSON.stringify(plain)]
    }),
  )
}
