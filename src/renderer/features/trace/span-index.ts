/** Spans by id: which row of a waterfall holds a span, and the key that names a span across reloads and in the URL. */

import { RowFlag, type WaterfallColumns } from '#shared/contract/waterfall.ts'
import { toHex } from '#shared/model/ids.ts'

/** `spanId` in hex; for the second and later span under one id `spanId.twin`. */
export type SpanKey = string

export interface SpanRef {
  readonly spanId: string
  readonly twin: number
}

export function spanKey(spanId: string, twin: number): SpanKey {
  return twin === 0 ? spanId : `${spanId}.${twin}`
}

/** What a key names, or `undefined` for text that is no key. */
export function parseSpanKey(key: string): SpanRef | undefined {
  const match = /^([0-9a-f]{16})(?:\.(\d{1,3}))?$/.exec(key)
  if (!match?.[1]) return undefined
  return { spanId: match[1], twin: Number(match[2] ?? 0) }
}

function spanIdAt(columns: WaterfallColumns, row: number): string {
  return toHex(columns.spanIds.subarray(row * 8, row * 8 + 8))
}

export function spanKeyAt(columns: WaterfallColumns, row: number): SpanKey {
  return spanKey(spanIdAt(columns, row), columns.twins[row] ?? 0)
}

export function isMissingParent(columns: WaterfallColumns, row: number): boolean {
  return ((columns.flags[row] ?? 0) & RowFlag.missingParent) !== 0
}

/** Looks rows up by key. A hash table in typed arrays: 50 thousand strings as map keys would take ten times as long. */
export interface SpanIndex {
  readonly rowOf: (key: SpanKey) => number | undefined
}

export function indexSpans(columns: WaterfallColumns): SpanIndex {
  const { spanIds, twins, rowCount } = columns
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, rowCount * 2)))
  const mask = size - 1
  /** Row + 1, so that 0 means empty. */
  const slots = new Uint32Array(size)
  const view = new DataView(spanIds.buffer, spanIds.byteOffset, spanIds.byteLength)
  for (let row = 0; row < rowCount; row++) {
    let slot = hash(view.getUint32(row * 8), view.getUint32(row * 8 + 4), twins[row] ?? 0) & mask
    while (slots[slot]) slot = (slot + 1) & mask
    slots[slot] = row + 1
  }
  return {
    rowOf(key) {
      const ref = parseSpanKey(key)
      if (!ref) return undefined
      const high = Number.parseInt(ref.spanId.slice(0, 8), 16)
      const low = Number.parseInt(ref.spanId.slice(8), 16)
      for (let slot = hash(high, low, ref.twin) & mask; slots[slot]; slot = (slot + 1) & mask) {
        const row = (slots[slot] ?? 1) - 1
        if (view.getUint32(row * 8) === high && view.getUint32(row * 8 + 4) === low && twins[row] === ref.twin)
          return row
      }
      return undefined
    },
  }
}

function hash(high: number, low: number, twin: number): number {
  let mixed = Math.imul(high ^ Math.imul(twin + 1, 0x9e3779b1), 0x85ebca6b) ^ low
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
