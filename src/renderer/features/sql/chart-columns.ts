/** Which columns of a result a chart can use, and which it begins with. */

import type { SqlCell, SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { cellText, uniqueNames } from '#shared/contract/sql-formats.ts'
import { integerOf, isNumber } from './result-cells.ts'
import type { SqlUrl } from './sql-url.ts'

export interface ChartColumn {
  readonly name: string
  readonly index: number
  readonly kind: 'time' | 'number' | 'category'
}

export interface ChartChoice {
  readonly x: ChartColumn
  readonly y: readonly ChartColumn[]
  readonly by: ChartColumn | undefined
}

const sampleRows = 200
const isoPattern = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z?$/
const mostLines = 4

export function chartColumns(columns: readonly SqlColumn[], rows: readonly SqlRow[]): ChartColumn[] {
  const sample = rows.slice(0, sampleRows)
  return uniqueNames(columns).map((name, index) => {
    const values = sample.map((cells) => cells[index] ?? null).filter((cell) => cell !== null)
    const isAll = (test: (cell: SqlCell) => boolean): boolean => values.length > 0 && values.every(test)
    const kind = isAll((cell) => instantOf(cell, name) !== undefined) ? 'time' : isAll(isNumber) ? 'number' : 'category'
    return { name, index, kind }
  })
}

/** Nanoseconds since the epoch where a value is a time: a text in ISO 8601, or an integer in a column that says so. */
export function instantOf(cell: SqlCell, name: string): bigint | undefined {
  if (typeof cell === 'string') {
    if (!isoPattern.test(cell)) return undefined
    const [seconds = '', fraction = ''] = cell.replace('Z', '').split('.')
    const ms = Date.parse(`${seconds.replace(' ', 'T')}Z`)
    return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
  }
  const unit = /_unix_nano$/i.test(name) ? 1n : /_unix_s$/i.test(name) ? 1_000_000_000n : undefined
  const integer = integerOf(cell)
  return unit === undefined || integer === undefined ? undefined : integer * unit
}

/** As the URL says, and where it says nothing or what isn't there, what fits: time or names across, numbers upward. */
export function chartChoice(
  columns: readonly ChartColumn[],
  url: Pick<SqlUrl, 'x' | 'y' | 'by'>,
): ChartChoice | undefined {
  const named = (name: string | undefined): ChartColumn | undefined => columns.find((column) => column.name === name)
  const numbers = columns.filter(({ kind }) => kind === 'number')
  const x =
    named(url.x) ??
    columns.find(({ kind }) => kind === 'time') ??
    columns.find(({ kind }) => kind === 'category') ??
    columns[0]
  if (x === undefined) return undefined
  const asked = (url.y ?? []).flatMap((name) => named(name) ?? []).filter(({ kind }) => kind === 'number')
  const y = asked.length > 0 ? asked : numbers.filter(({ name }) => name !== x.name).slice(0, mostLines)
  const by = named(url.by)
  return y.length === 0 ? undefined : { x, y, by: by?.name === x.name || x.kind !== 'time' ? undefined : by }
}

/** A value as a number for drawing; null where it is none. */
export function numberOf(cell: SqlCell): number | null {
  if (!isNumber(cell)) return null
  const number = Number(cellText(cell))
  return Number.isFinite(number) ? number : null
}
