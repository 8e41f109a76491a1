/** A result as a file of the browser's download folder, redacted as every export is. */

import type { SqlCell, SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { type SqlFormat, sqlText } from '#shared/contract/sql-formats.ts'
import { redactedCells } from '../../client/redacted-table.ts'
import { saveFile } from '../../ui/save-file.ts'

const types: Readonly<Record<'csv' | 'json', string>> = { csv: 'text/csv', json: 'application/json' }

export async function downloadResult(
  format: 'csv' | 'json',
  columns: readonly SqlColumn[],
  rows: readonly SqlRow[],
): Promise<void> {
  const text = resultText(format, columns, await redactedRows(columns, rows))
  saveFile(`spanlight-result.${format}`, new Blob([text], { type: types[format] }))
}

export function resultText(format: SqlFormat, columns: readonly SqlColumn[], rows: readonly SqlRow[]): string {
  const text = sqlText(format, columns)
  return text.head + text.rows(rows) + text.tail
}

async function redactedRows(columns: readonly SqlColumn[], rows: readonly SqlRow[]): Promise<SqlRow[]> {
  const cells = rows.flatMap((row) =>
    row.flatMap((cell, index) => {
      const text = textOf(cell)
      return text === undefined ? [] : [{ name: columns[index]?.name ?? '', text }]
    }),
  )
  const texts = (await redactedCells(cells)).values()
  return rows.map((row) => row.map((cell) => (textOf(cell) === undefined ? cell : withText(cell, texts.next().value))))
}

function textOf(cell: SqlCell): string | undefined {
  if (typeof cell === 'string') return cell
  return isCutText(cell) ? cell.text : undefined
}

function withText(cell: SqlCell, text = ''): SqlCell {
  return isCutText(cell) ? { ...cell, text } : text
}

function isCutText(cell: SqlCell): cell is Extract<SqlCell, { text: string }> {
  return cell !== null && typeof cell === 'object' && 'text' in cell
}
