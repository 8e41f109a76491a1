/** Rows of a damaged file as batches of records, as if their senders had sent them again. */

import type {
  LogBatch,
  LogRecord,
  MetricBatch,
  PointRecord,
  ResourceRecord,
  ScopeRecord,
  SpanRecord,
  TraceBatch,
} from '#shared/model/batch.ts'
import type { MetricType } from '#shared/model/metric.ts'
import type { ReadDb } from './store/database.ts'
import { readableRows, type TolerantRows, tolerantRows } from './store/tolerant-rows.ts'
import { searchTextOf } from './wire/log-columns.ts'

type Row = Readonly<Record<string, unknown>>

const lostName = '(lost)'
/** JSONB of an empty object. */
const noAttributes = new Uint8Array([0x0c])

const big = (value: unknown): bigint => (typeof value === 'bigint' ? value : 0n)
const count = (value: unknown): number => Number(value ?? 0)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const bytes = (value: unknown): Uint8Array | null => (value instanceof Uint8Array ? value : null)
const attributes = (value: unknown): Uint8Array => bytes(value) ?? noAttributes

/** What many records share, read once; a record whose share is lost gets a stand-in. */
export class SalvagedBatches {
  readonly #db: ReadDb
  readonly #tally: TolerantRows
  readonly #services: ReadonlyMap<bigint, string>
  readonly #operations: ReadonlyMap<bigint, Row>
  readonly #resources = new Map<bigint, number>()
  readonly #scopes = new Map<bigint, number>()
  readonly #resourceRecords: ResourceRecord[]
  readonly #scopeRecords: ScopeRecord[]

  constructor(db: ReadDb, tally: TolerantRows) {
    this.#db = db
    this.#tally = tally
    const all = (table: string): Row[] => [...tolerantRows<Row>(db, table, tally)].flat()
    this.#services = new Map(all('service').map((row) => [big(row.id), text(row.name)]))
    this.#operations = new Map(all('operation').map((row) => [big(row.id), row]))
    this.#resourceRecords = [
      { serviceName: lostName, attributes: noAttributes, droppedAttributesCount: 0, entityRefs: null, schemaUrl: '' },
    ]
    for (const row of all('resource')) {
      this.#resources.set(big(row.id), this.#resourceRecords.length)
      this.#resourceRecords.push({
        serviceName: this.#services.get(big(row.service_id)) ?? lostName,
        attributes: attributes(row.attributes),
        droppedAttributesCount: count(row.dropped_attributes_count),
        entityRefs: bytes(row.entity_refs),
        schemaUrl: text(row.schema_url),
      })
    }
    this.#scopeRecords = [{ name: '', version: '', attributes: noAttributes, droppedAttributesCount: 0, schemaUrl: '' }]
    for (const row of all('scope')) {
      this.#scopes.set(big(row.id), this.#scopeRecords.length)
      this.#scopeRecords.push({
        name: text(row.name),
        version: text(row.version),
        attributes: attributes(row.attributes),
        droppedAttributesCount: count(row.dropped_attributes_count),
        schemaUrl: text(row.schema_url),
      })
    }
  }

  *traces(): Generator<TraceBatch> {
    for (const rows of tolerantRows<Row>(this.#db, 'span', this.#tally)) {
      yield this.#batch(rows.map((row) => this.#span(row)))
    }
  }

  *logs(): Generator<LogBatch> {
    for (const rows of tolerantRows<Row>(this.#db, 'log_record', this.#tally)) {
      yield this.#batch(rows.map((row) => this.#log(row)))
    }
  }

  *metrics(): Generator<MetricBatch> {
    const all = (table: string): Row[] => [...tolerantRows<Row>(this.#db, table, this.#tally)].flat()
    const metrics = new Map(all('metric').map((row) => [big(row.id), row]))
    const series = new Map(all('series').map((row) => [big(row.id), row]))
    for (const rows of tolerantRows<Row>(this.#db, 'point', this.#tally)) {
      const records = rows.flatMap((row) => {
        const line = series.get(big(row.series_id))
        const metric = line && metrics.get(big(line.metric_id))
        // Without its series nobody knows what was measured.
        if (!line || !metric) {
          this.#tally.lost++
          return []
        }
        return [
          {
            ...this.#place(line),
            name: text(metric.name),
            description: text(metric.description),
            unit: text(metric.unit),
            type: text(metric.type) as MetricType,
            temporality: count(metric.temporality),
            monotonic: metric.monotonic === 1n,
            metadata: bytes(metric.metadata),
            points: [this.#point(row, attributes(line.attributes))],
          },
        ]
      })
      yield this.#batch(records)
    }
  }

  #batch<Record>(records: readonly Record[]): {
    resources: readonly ResourceRecord[]
    scopes: readonly ScopeRecord[]
    records: readonly Record[]
    rejected: ReadonlyMap<string, number>
  } {
    return { resources: this.#resourceRecords, scopes: this.#scopeRecords, records, rejected: new Map() }
  }

  #place(row: Row): { resource: number; scope: number } {
    return {
      resource: this.#resources.get(big(row.resource_id)) ?? 0,
      scope: this.#scopes.get(big(row.scope_id)) ?? 0,
    }
  }

  #span(row: Row): SpanRecord {
    const operation = this.#operations.get(big(row.operation_id))
    return {
      ...this.#place(row),
      traceId: attributes(row.trace_id),
      spanId: attributes(row.span_id),
      parentSpanId: bytes(row.parent_span_id),
      traceState: text(row.trace_state),
      flags: count(row.flags),
      name: operation === undefined ? lostName : text(operation.name),
      kind: count(operation?.kind),
      startUnixNano: big(row.start_unix_nano),
      endUnixNano: big(row.start_unix_nano) + big(row.duration_ns),
      statusCode: count(row.status_code),
      statusMessage: text(row.status_message),
      attributes: attributes(row.attributes),
      droppedAttributesCount: count(row.dropped_attributes_count),
      events: bytes(row.events),
      droppedEventsCount: count(row.dropped_events_count),
      links: bytes(row.links),
      droppedLinksCount: count(row.dropped_links_count),
    }
  }

  #log(row: Row): LogRecord {
    const body = bytes(row.body)
    const eventName = text(row.event_name)
    const packed = attributes(row.attributes)
    return {
      ...this.#place(row),
      timeUnixNano: big(row.time_unix_nano),
      // A record without any time keeps the one it was received at.
      observedTimeUnixNano: big(row.observed_time_unix_nano) || big(row.at_unix_nano),
      severityNumber: count(row.severity_number),
      severityText: text(row.severity_text),
      body,
      attributes: packed,
      droppedAttributesCount: count(row.dropped_attributes_count),
      flags: count(row.flags),
      eventName,
      traceId: bytes(row.trace_id),
      spanId: bytes(row.span_id),
      searchText: searchTextOf(body, eventName, packed),
    }
  }

  #point(row: Row, of: Uint8Array): PointRecord {
    const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))
    const exemplars = readableRows<Row>(
      this.#db,
      `SELECT * FROM exemplar WHERE point_id = ${big(row.id)} ORDER BY id`,
      this.#tally,
    )
    return {
      attributes: of,
      startUnixNano: big(row.start_unix_nano),
      timeUnixNano: big(row.time_unix_nano),
      flags: count(row.flags),
      intValue: typeof row.int_value === 'bigint' ? row.int_value : null,
      doubleValue: number(row.double_value),
      count: typeof row.count === 'bigint' ? row.count : null,
      sum: number(row.sum),
      min: number(row.min),
      max: number(row.max),
      detail: bytes(row.detail),
      exemplars: exemplars.map((exemplar) => ({
        timeUnixNano: big(exemplar.time_unix_nano),
        intValue: typeof exemplar.int_value === 'bigint' ? exemplar.int_value : null,
        doubleValue: number(exemplar.double_value),
        detail: bytes(exemplar.detail),
        traceId: bytes(exemplar.trace_id),
        spanId: bytes(exemplar.span_id),
        attributes: attributes(exemplar.attributes),
      })),
    }
  }
}
