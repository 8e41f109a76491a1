/** A result as a file of the browser's download folder. */

import type { SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { type SqlFormat, sqlText } from '#shared/contract/sql-formats.ts'
import { saveFile } from '../../ui/save-file.ts'

const types: Readonly<Record<'csv' | 'json', string>> = { csv: 'text/csv', json: 'application/json' }

export function downloadResult(format: 'csv' | 'json', columns: readonly SqlColumn[], rows: readonly SqlRow[]): void {
  saveFile(`spanlight-result.${format}`, new Blob([resultText(format, columns, rows)], { type: types[format] }))
}

export function resultText(format: SqlFormat, columns: readonly SqlColumn[], rows: readonly SqlRow[]): string {
  const text = sqlText(format, columns)
  return text.head + text.rows(rows) + text.tail
}
