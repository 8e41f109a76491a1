/** A result as a file of the browser's download folder. */

import type { SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { type SqlFormat, sqlText } from '#shared/contract/sql-formats.ts'

const types: Readonly<Record<'csv' | 'json', string>> = { csv: 'text/csv', json: 'application/json' }

export function downloadResult(format: 'csv' | 'json', columns: readonly SqlColumn[], rows: readonly SqlRow[]): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([resultText(format, columns, rows)], { type: types[format] }))
  link.download = `spanlight-result.${format}`
  link.click()
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}

export function resultText(format: SqlFormat, columns: readonly SqlColumn[], rows: readonly SqlRow[]): string {
  const text = sqlText(format, columns)
  return text.head + text.rows(rows) + text.tail
}
