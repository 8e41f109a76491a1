/** Find in trace: which rows match a text. Services and operations at once, attributes and events by asking the engine. */

import type { WaterfallColumns } from '#shared/contract/waterfall.ts'
import { type SpanIndex, type SpanRef, spanKey } from './span-index.ts'

export interface Matches {
  /** One byte per row, 1 = matches. */
  readonly mask: Uint8Array
  /** Matching rows in order. */
  readonly rows: Uint32Array
}

/** Rows whose service and operation contain the text, case-insensitive, and those the engine named. */
export function findMatches(
  columns: WaterfallColumns,
  index: SpanIndex,
  text: string,
  found: readonly SpanRef[] = [],
): Matches {
  const { rowCount, operation, operations, services } = columns
  const mask = new Uint8Array(rowCount)
  const wanted = text.trim().toLowerCase()
  if (wanted !== '') {
    const matching = Uint8Array.from(operations, ({ service, name }) =>
      `${services[service] ?? ''} ${name}`.toLowerCase().includes(wanted) ? 1 : 0,
    )
    for (let row = 0; row < rowCount; row++) mask[row] = matching[operation[row] ?? 0] ?? 0
    for (const { spanId, twin } of found) {
      const row = index.rowOf(spanKey(spanId, twin))
      if (row !== undefined) mask[row] = 1
    }
  }
  return { mask, rows: rowsOf(mask) }
}

function rowsOf(mask: Uint8Array): Uint32Array {
  let count = 0
  for (const bit of mask) count += bit
  const rows = new Uint32Array(count)
  let next = 0
  for (let row = 0; row < mask.length; row++) if (mask[row]) rows[next++] = row
  return rows
}
