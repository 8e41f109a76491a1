/**
 * A whole trace as columns in one blob: strings, services and operations once, then one typed array per column.
 * Rows are spans in pre-order (parents first, siblings by start), so `depth` alone gives the tree.
 */

export const RowFlag = {
  /** A stand-in for a parent that never arrived; it spans its children. */
  missingParent: 1 << 0,
  /** The span names itself as its parent. */
  selfParent: 1 << 1,
  /** Its ancestors lead back to it; the cycle is cut here. */
  cycle: 1 << 2,
  /** Starts before its parent does: usually the clocks of two machines disagree. */
  startsBeforeParent: 1 << 3,
  /** Ends after its parent does: asynchronous work, or clocks that disagree. */
  endsAfterParent: 1 << 4,
  /** Ends before it starts. */
  negativeDuration: 1 << 5,
  /** Starts and ends in the same nanosecond. */
  zeroDuration: 1 << 6,
  /** Shares trace and span id with another span. */
  twin: 1 << 7,
  /** Has an event or log that is an exception. */
  exception: 1 << 8,
  /** Has links. */
  links: 1 << 9,
  /** Failed although its status doesn't say so. */
  implicitError: 1 << 10,
} as const

export interface WaterfallColumns {
  readonly traceId: string
  /** Start of the earliest span; offsets count from here. */
  readonly startUnixNano: bigint
  /** From the earliest start to the latest end, ns. */
  readonly durationNs: number
  readonly services: readonly string[]
  readonly operations: readonly WaterfallOperation[]
  readonly rowCount: number
  /** Per row: eight id bytes. */
  readonly spanIds: Uint8Array
  readonly twins: Uint8Array
  /** Index into `operations`; for a missing parent the operation of its first child. */
  readonly operation: Uint32Array
  /** Row of the parent, -1 at the top. */
  readonly parent: Int32Array
  readonly depth: Uint32Array
  /** ns since `startUnixNano`. */
  readonly start: Float64Array
  /** ns; may be zero or negative. */
  readonly duration: Float64Array
  /** OTLP status code. */
  readonly status: Uint8Array
  /** Bits of `RowFlag`. */
  readonly flags: Uint16Array
  /** Rows below this one in its subtree. */
  readonly descendants: Uint32Array
  /** Span events: row, ns since `startUnixNano`, 1 for an exception. */
  readonly eventRow: Uint32Array
  readonly eventOffset: Float64Array
  readonly eventIsException: Uint8Array
}

export interface WaterfallOperation {
  /** Index into `services`. */
  readonly service: number
  readonly name: string
  readonly kind: number
}

type ColumnName = {
  [Name in keyof WaterfallColumns]: WaterfallColumns[Name] extends ArrayBufferView ? Name : never
}[keyof WaterfallColumns]

interface ColumnType {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView
}

const columnTypes: Record<ColumnName, ColumnType> = {
  start: Float64Array,
  duration: Float64Array,
  eventOffset: Float64Array,
  operation: Uint32Array,
  parent: Int32Array,
  depth: Uint32Array,
  descendants: Uint32Array,
  eventRow: Uint32Array,
  flags: Uint16Array,
  spanIds: Uint8Array,
  twins: Uint8Array,
  status: Uint8Array,
  eventIsException: Uint8Array,
}
// Widest elements first, so that every column starts aligned without padding.
const columnOrder = Object.keys(columnTypes) as ColumnName[]

interface Header {
  readonly version: 1
  readonly traceId: string
  readonly startUnixNano: string
  readonly durationNs: number
  readonly services: readonly string[]
  readonly operations: readonly WaterfallOperation[]
  readonly rowCount: number
  readonly lengths: Record<string, number>
}

/** Layout: header length (u32, little-endian), header JSON padded with spaces to 8 bytes, then the columns. */
export function encodeWaterfall(columns: WaterfallColumns): Uint8Array<ArrayBuffer> {
  const header: Header = {
    version: 1,
    traceId: columns.traceId,
    startUnixNano: columns.startUnixNano.toString(),
    durationNs: columns.durationNs,
    services: columns.services,
    operations: columns.operations,
    rowCount: columns.rowCount,
    lengths: Object.fromEntries(columnOrder.map((name) => [name, columns[name].length])),
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bodyStart = Math.ceil((4 + json.length) / 8) * 8
  const size = columnOrder.reduce((sum, name) => sum + columns[name].byteLength, bodyStart)
  const bytes = new Uint8Array(size).fill(32, 0, bodyStart)
  new DataView(bytes.buffer).setUint32(0, bodyStart - 4, true)
  bytes.set(json, 4)
  let offset = bodyStart
  for (const name of columnOrder) {
    const column = columns[name]
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += column.byteLength
  }
  return bytes
}

/** Reads what `encodeWaterfall` wrote, without copying the columns. Throws on another version. */
export function decodeWaterfall(buffer: ArrayBuffer): WaterfallColumns {
  const headerLength = new DataView(buffer).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength))) as Header
  if (header.version !== 1) throw new Error(`waterfall columns of version ${String(header.version)}; reload the page`)
  let offset = 4 + headerLength
  const columns = {} as Record<ColumnName, ArrayBufferView>
  for (const name of columnOrder) {
    const Column = columnTypes[name]
    const length = header.lengths[name] ?? 0
    columns[name] = new Column(buffer, offset, length)
    offset += length * Column.BYTES_PER_ELEMENT
  }
  return {
    ...(columns as unknown as Pick<WaterfallColumns, ColumnName>),
    traceId: header.traceId,
    startUnixNano: BigInt(header.startUnixNano),
    durationNs: header.durationNs,
    services: header.services,
    operations: header.operations,
    rowCount: header.rowCount,
  }
}
