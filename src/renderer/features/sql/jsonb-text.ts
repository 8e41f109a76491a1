/** Binary JSON of a column as JSON, as `json(column)` would write it: integers and doubles stay apart. */

import type { SqlCell } from '#shared/contract/sql.ts'
import { type AttributeValue, isKeyValueList, toBase64, unpack } from '#shared/model/jsonb.ts'

/** Undefined for what is no BLOB, no binary JSON, or not here as a whole. */
export function jsonbText(cell: SqlCell): string | undefined {
  if (typeof cell !== 'object' || cell === null || !('hex' in cell) || cell.hex.length < 2 * cell.bytes)
    return undefined
  try {
    const bytes = Uint8Array.from(cell.hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
    return textOf(unpack(bytes))
  } catch {
    return undefined
  }
}

function textOf(value: AttributeValue): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return `{"$double":"${value}"}`
    return Number.isInteger(value) ? `${value}.0` : String(value)
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Uint8Array) return `{"$bytes":"${toBase64(value)}"}`
  if (isKeyValueList(value)) {
    return `{${value.pairs.map((pair) => `${JSON.stringify(pair.key)}:${textOf(pair.value)}`).join(',')}}`
  }
  return `[${value.map(textOf).join(',')}]`
}
