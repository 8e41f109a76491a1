/** SQLite's values as they cross the contract. */

import type { SqlCell } from '#shared/contract/sql.ts'

/** A value as better-sqlite3 reads it with safe integers. Text and BLOBs longer than `maxBytes` are cut. */
export function sqlCell(value: unknown, maxBytes: number): SqlCell {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : { integer: String(value) }
  }
  if (typeof value === 'number')
    return Number.isInteger(value) || !Number.isFinite(value) ? { real: realText(value) } : value
  if (typeof value === 'string') {
    // Every unit of UTF-16 is at least one byte, so what is shorter needn't be measured.
    if (value.length <= maxBytes) return value
    return { text: value.slice(0, maxBytes).replace(/[\ud800-\udbff]$/, ''), characters: value.length }
  }
  if (value instanceof Uint8Array)
    return { hex: Buffer.from(value.subarray(0, maxBytes / 2)).toString('hex'), bytes: value.length }
  return String(value)
}

/** With a decimal point, as SQLite writes it: 5.0 is no 5. */
function realText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const text = Object.is(value, -0) ? '-0' : String(value)
  return text.includes('e') || text.includes('.') ? text : `${text}.0`
}
