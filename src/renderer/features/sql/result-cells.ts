/** Values of a result as the table shows them: readable, with the exact value on hover and on copy. */

import type { SqlCell, SqlColumn, SqlTable } from '#shared/contract/sql.ts'
import { cellText, isCut } from '#shared/contract/sql-formats.ts'
import { exactDuration, exactInstant, formatDuration, formatInstant } from '../../ui/format.ts'
import { printableLine } from '../../ui/printable.ts'
import { jsonbText } from './jsonb-text.ts'

/** What a column's values mean, as far as its name tells. */
export type ColumnMeaning = 'instant' | 'duration' | 'trace' | 'jsonb' | 'plain'

export interface ShownCell {
  readonly text: string
  /** On hover, where it says more. */
  readonly title: string | undefined
  readonly look: 'text' | 'number' | 'null' | 'blob'
  /** The trace that a click opens. */
  readonly traceId: string | undefined
}

const maxShownCharacters = 300
const maxTitleCharacters = 2_000
const traceIdPattern = /^[0-9a-f]{32}$/

export function meaningOf({ name, origin }: SqlColumn, tables: readonly SqlTable[]): ColumnMeaning {
  const known = origin?.column ?? name
  if (/_unix_nano$/i.test(name) || /_unix_nano$/.test(known)) return 'instant'
  if (/_ns$/i.test(name)) return 'duration'
  if (/trace_?id$/i.test(name) || known === 'trace_id') return 'trace'
  const column = tables
    .find((table) => table.name === origin?.table)
    ?.columns.find((each) => each.name === origin?.column)
  return column?.isJsonb === true ? 'jsonb' : 'plain'
}

export function shownCell(cell: SqlCell, meaning: ColumnMeaning): ShownCell {
  const exact = cellText(cell)
  if (cell === null) return { text: 'NULL', title: undefined, look: 'null', traceId: undefined }
  const integer = integerOf(cell)
  if (integer !== undefined && meaning === 'instant' && integer > 0n)
    return {
      text: formatInstant(integer),
      title: `${exactInstant(integer)}\n${exact}`,
      look: 'number',
      traceId: undefined,
    }
  if (meaning === 'duration' && isNumber(cell)) {
    const ns = Number(exact)
    return { text: formatDuration(ns), title: `${exactDuration(ns)}\n${exact}`, look: 'number', traceId: undefined }
  }
  const json = meaning === 'jsonb' ? jsonbText(cell) : undefined
  const text = printableLine(json ?? exact, maxShownCharacters)
  const traceId = meaning === 'trace' && traceIdPattern.test(exact) && !/^0+$/.test(exact) ? exact : undefined
  const isBlob = typeof cell === 'object' && 'hex' in cell
  return {
    text,
    title: json === undefined ? (text === exact ? undefined : exact.slice(0, maxTitleCharacters)) : 'Binary JSON',
    look: isNumber(cell) ? 'number' : isBlob && json === undefined ? 'blob' : 'text',
    traceId,
  }
}

/** The value as it is copied; binary JSON as JSON. */
export function exactText(cell: SqlCell, meaning: ColumnMeaning): string {
  if (cell === null) return ''
  return (meaning === 'jsonb' ? jsonbText(cell) : undefined) ?? cellText(cell)
}

/** The whole value for a person who asked for it: JSON with its parts in lines of their own. */
export function wholeText(cell: SqlCell, meaning: ColumnMeaning): string {
  if (cell === null) return 'NULL'
  const text = exactText(cell, meaning)
  if (isNumber(cell) || !/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** What a value is, in words. */
export function kindOf(cell: SqlCell): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'string') return 'text'
  if (typeof cell === 'number') return Number.isInteger(cell) ? 'integer' : 'real'
  if ('integer' in cell) return 'integer'
  if ('real' in cell) return 'real'
  if ('hex' in cell) return `BLOB of ${cell.bytes} bytes${isCut(cell) ? ', only its beginning is here' : ''}`
  return `text of ${cell.characters} characters, only its beginning is here`
}

export function isNumber(cell: SqlCell): boolean {
  return (
    typeof cell === 'number' || (typeof cell === 'object' && cell !== null && ('integer' in cell || 'real' in cell))
  )
}

/** An integer in full; undefined for anything else. */
export function integerOf(cell: SqlCell): bigint | undefined {
  if (typeof cell === 'number' && Number.isSafeInteger(cell)) return BigInt(cell)
  return typeof cell === 'object' && cell !== null && 'integer' in cell ? BigInt(cell.integer) : undefined
}
