/** A whole trace as columns for the waterfall. */

import { encodeWaterfall, RowFlag, type WaterfallColumns, type WaterfallOperation } from '#shared/contract/waterfall.ts'
import { unpackList } from '#shared/model/jsonb.ts'
import { Outcome } from '../rollup/outcome.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import { traceNotFound } from './trace-summary.ts'
import { arrange, type TreeRow, type TreeSpan } from './trace-tree.ts'

interface StoredSpan extends TreeSpan {
  readonly idBytes: Buffer
  readonly twin: number
  readonly operation: number
  readonly status: number
  readonly events: Buffer | null
  readonly hasLinks: boolean
  readonly isImplicitError: boolean
}

/** Encoded `WaterfallColumns`. Throws NOT_FOUND. */
export async function traceWaterfall(
  { db, signal }: QueryContext,
  { traceId }: { traceId: string },
): Promise<Uint8Array> {
  const id = Buffer.from(traceId, 'hex')
  const start = db.prepare('SELECT start_unix_nano FROM trace WHERE trace_id = ?').pluck().get(id) as bigint | undefined
  if (start === undefined) throw traceNotFound(db, traceId)
  const { services, operations, indexOf } = namesOf(db, id)
  const spans: StoredSpan[] = []
  for (const piece of spansOf(db, id, start, indexOf)) {
    spans.push(...piece)
    await breathe(signal)
  }
  const rows = arrange(spans)
  return encodeWaterfall({ traceId, startUnixNano: start, services, operations, ...columnsOf(rows, spans, start) })
}

function namesOf(
  db: ReadDb,
  traceId: Buffer,
): { services: string[]; operations: WaterfallOperation[]; indexOf: Map<number, { index: number; kind: number }> } {
  const rows = db
    .prepare(
      `SELECT operation.id, service.name, operation.name, operation.kind FROM operation JOIN service ON service.id = service_id
        WHERE operation.id IN (SELECT operation_id FROM span WHERE trace_id = ?)`,
    )
    .safeIntegers(false)
    .raw()
    .all(traceId) as [number, string, string, number][]
  const services: string[] = []
  const operations: WaterfallOperation[] = []
  const indexOf = new Map<number, { index: number; kind: number }>()
  for (const [id, service, name, kind] of rows) {
    let serviceIndex = services.indexOf(service)
    if (serviceIndex < 0) serviceIndex = services.push(service) - 1
    indexOf.set(id, { index: operations.push({ service: serviceIndex, name, kind }) - 1, kind })
  }
  return { services, operations, indexOf }
}

type SpanTuple = [Buffer, number, Buffer | null, number, number, number, number, Buffer | null, number, number]

const pieceRows = 4_000

/** In pieces by id, so that no statement runs long. */
function* spansOf(
  db: ReadDb,
  traceId: Buffer,
  start: bigint,
  indexOf: ReadonlyMap<number, { index: number; kind: number }>,
): Generator<StoredSpan[]> {
  // Offsets are subtracted as integers in SQL; only the small difference becomes a double.
  const statement = db
    .prepare(
      `SELECT span_id, twin, parent_span_id, operation_id, start_unix_nano - ?, duration_ns, status_code, events, links IS NOT NULL, outcome
         FROM span WHERE trace_id = ? AND (span_id, twin) > (?, ?) ORDER BY span_id, twin LIMIT ?`,
    )
    .safeIntegers(false)
    .raw()
  let after: readonly [Buffer, number] = [Buffer.alloc(0), -1]
  for (;;) {
    const rows = statement.all(start, traceId, ...after, pieceRows) as SpanTuple[]
    yield rows.map((row) => toStoredSpan(row, indexOf))
    const last = rows.at(-1)
    if (!last || rows.length < pieceRows) return
    after = [last[0], last[1]]
  }
}

function toStoredSpan(
  [idBytes, twin, parent, operationId, offset, duration, status, events, hasLinks, outcome]: SpanTuple,
  indexOf: ReadonlyMap<number, { index: number; kind: number }>,
): StoredSpan {
  const operation = indexOf.get(operationId)
  return {
    idBytes,
    spanId: idBytes.toString('latin1'),
    twin,
    parentSpanId: parent === null ? null : parent.toString('latin1'),
    operation: operation?.index ?? 0,
    kind: operation?.kind ?? 0,
    start: offset,
    duration,
    status,
    events,
    hasLinks: hasLinks === 1,
    isImplicitError: outcome === Outcome.implicit,
  }
}

type Columns = Omit<WaterfallColumns, 'traceId' | 'startUnixNano' | 'services' | 'operations'>

function columnsOf(rows: readonly TreeRow[], spans: readonly StoredSpan[], traceStart: bigint): Columns {
  const count = rows.length
  const columns = {
    spanIds: new Uint8Array(count * 8),
    twins: new Uint8Array(count),
    operation: new Uint32Array(count),
    parent: new Int32Array(count),
    depth: new Uint32Array(count),
    start: new Float64Array(count),
    duration: new Float64Array(count),
    status: new Uint8Array(count),
    flags: new Uint16Array(count),
    descendants: new Uint32Array(count),
  }
  const events: { row: number; offset: number; isException: boolean }[] = []
  let end = 0
  for (const [index, row] of rows.entries()) {
    const span = spans[row.span]
    columns.spanIds.set(span ? span.idBytes : Buffer.from(row.spanId, 'latin1').subarray(0, 8), index * 8)
    columns.twins[index] = span?.twin ?? 0
    // Rows are in pre-order: a stand-in's first child is the next row.
    columns.operation[index] = (span ?? spans[rows[index + 1]?.span ?? 0])?.operation ?? 0
    columns.parent[index] = row.parent
    columns.depth[index] = row.depth
    columns.start[index] = row.start
    columns.duration[index] = row.duration
    columns.status[index] = span?.status ?? 0
    columns.descendants[index] = row.descendants
    end = Math.max(end, row.start, row.start + row.duration)
    let flags = row.flags | (span?.hasLinks ? RowFlag.links : 0) | (span?.isImplicitError ? RowFlag.implicitError : 0)
    for (const event of span?.events ? eventsOf(span.events, traceStart) : []) {
      events.push({ row: index, ...event })
      if (event.isException) flags |= RowFlag.exception
    }
    columns.flags[index] = flags
  }
  return {
    ...columns,
    rowCount: count,
    durationNs: end,
    eventRow: Uint32Array.from(events, ({ row }) => row),
    eventOffset: Float64Array.from(events, ({ offset }) => offset),
    eventIsException: Uint8Array.from(events, ({ isException }) => (isException ? 1 : 0)),
  }
}

function eventsOf(packed: Buffer, traceStart: bigint): { offset: number; isException: boolean }[] {
  return unpackList(packed).map((event) => {
    const time = event.get('timeUnixNano')
    return {
      offset: typeof time === 'bigint' ? Number(time - traceStart) : 0,
      isException: event.get('name') === 'exception',
    }
  })
}
