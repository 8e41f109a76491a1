/** Results of statements as a table for a terminal. */

import type { SqlCell, SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { cellText, type SqlText } from '#shared/contract/sql-formats.ts'
import { printable } from './printable.ts'

/** Of a column that isn't the only one; more is read with another format. */
const maxWidth = 60

/** Columns are as wide as their values in `sample`, the first rows. */
export function sqlTable(columns: readonly SqlColumn[], sample: readonly SqlRow[]): SqlText {
  const limit = columns.length === 1 ? Number.POSITIVE_INFINITY : maxWidth
  const shown = (cell: SqlCell): string => shorten(printable(cellText(cell)), limit)
  const names = columns.map(({ name }) => shorten(printable(name), limit))
  const widths = names.map((name, index) =>
    Math.max(1, lengthOf(name), ...sample.map((cells) => lengthOf(shown(cells[index] ?? null)))),
  )
  const line = (texts: readonly string[], cells: SqlRow = []): string => {
    const padded = texts.map((text, index) => pad(text, widths[index] ?? 0, isNumber(cells[index])))
    return `${padded.join('  ').trimEnd()}\n`
  }
  return {
    head: line(names) + line(widths.map((width) => '─'.repeat(Math.min(width, maxWidth)))),
    rows: (rows) => rows.map((cells) => line(cells.map(shown), cells)).join(''),
    tail: '',
  }
}

function isNumber(cell: SqlCell | undefined): boolean {
  return (
    typeof cell === 'number' || (typeof cell === 'object' && cell !== null && ('integer' in cell || 'real' in cell))
  )
}

function pad(text: string, width: number, toTheRight: boolean): string {
  const room = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return toTheRight ? room + text : text + room
}

function lengthOf(text: string): number {
  return [...text].length
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const characters = [...text]
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`
}
