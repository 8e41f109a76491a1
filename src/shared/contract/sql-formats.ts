/** Results of statements as text for other programs: JSON, JSON Lines, CSV, Markdown. */

import { csvCell } from '../model/csv.ts'
import type { SqlCell, SqlColumn, SqlRow } from './sql.ts'

export const sqlFormats = ['json', 'jsonl', 'csv', 'markdown'] as const
export type SqlFormat = (typeof sqlFormats)[number]

/** Text in three parts, so that rows can be written as they come. */
export interface SqlText {
  readonly head: string
  rows(rows: readonly SqlRow[]): string
  readonly tail: string
}

export function sqlText(format: SqlFormat, columns: readonly SqlColumn[]): SqlText {
  return makers[format](columns)
}

const makers: Readonly<Record<SqlFormat, (columns: readonly SqlColumn[]) => SqlText>> = {
  json(columns) {
    const row = objectMaker(columns)
    let isFirst = true
    return {
      head: '[',
      rows: (rows) =>
        rows
          .map((cells) => {
            const before = isFirst ? '\n' : ',\n'
            isFirst = false
            return before + row(cells)
          })
          .join(''),
      tail: '\n]\n',
    }
  },
  jsonl(columns) {
    const row = objectMaker(columns)
    return { head: '', rows: (rows) => rows.map((cells) => `${row(cells)}\n`).join(''), tail: '' }
  },
  // RFC 4180. NULL is nothing at all, and an empty text is ""; nothing is a formula.
  csv: (columns) => ({
    head: `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`,
    rows: (rows) => rows.map((cells) => `${cells.map(csvValue).join(',')}\r\n`).join(''),
    tail: '',
  }),
  markdown: (columns) => ({
    head: `| ${columns.map(({ name }) => markdownText(name)).join(' | ')} |\n|${' --- |'.repeat(columns.length)}\n`,
    rows: (rows) =>
      rows.map((cells) => `| ${cells.map((cell) => markdownText(cellText(cell))).join(' | ')} |\n`).join(''),
    tail: '',
  }),
}

/** A value as people read it. NULL is `NULL`; a BLOB is hex. */
export function cellText(cell: SqlCell): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return String(cell)
  if ('integer' in cell) return cell.integer
  if ('real' in cell) return cell.real
  if ('hex' in cell) return cell.hex
  return `${cell.text}…`
}

/** Whether a value is longer than what crossed. */
export function isCut(cell: SqlCell): boolean {
  if (cell === null || typeof cell !== 'object') return false
  return 'text' in cell || ('hex' in cell && cell.hex.length < 2 * cell.bytes)
}

/** Numbers are exact, however many digits they have; a BLOB is hex; what is infinite is a string. */
function jsonValue(cell: SqlCell): string {
  if (cell === null || typeof cell !== 'object') return JSON.stringify(cell)
  if ('integer' in cell) return cell.integer
  if ('real' in cell) return cell.real.includes('Infinity') ? JSON.stringify(cell.real) : cell.real
  return JSON.stringify(cellText(cell))
}

/** The names of columns; one that comes again gets a number: `name`, `name_2`. */
export function uniqueNames(columns: readonly SqlColumn[]): string[] {
  const used = new Set<string>()
  return columns.map(({ name }) => {
    let unused = name
    for (let count = 2; used.has(unused); count++) unused = `${name}_${count}`
    used.add(unused)
    return unused
  })
}

/** Makes the JSON object of a row. */
function objectMaker(columns: readonly SqlColumn[]): (cells: SqlRow) => string {
  const keys = uniqueNames(columns).map((name) => JSON.stringify(name))
  return (cells) => `{${cells.map((cell, index) => `${keys[index]}:${jsonValue(cell)}`).join(',')}}`
}

function csvValue(cell: SqlCell): string {
  if (cell === null) return ''
  if (cell === '') return '""'
  const text = cellText(cell)
  // Numbers and hex are no formulas, whatever they begin with.
  return typeof cell === 'string' || (typeof cell === 'object' && 'text' in cell) ? csvCell(text) : text
}

function markdownText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\r\n|\r|\n/g, '<br>')
    .replaceAll('<', '&lt;')
    .replaceAll('&lt;br>', '<br>')
}
