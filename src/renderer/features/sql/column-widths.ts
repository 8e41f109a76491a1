/** How wide the columns of a result are: what their first rows need, within bounds. */

import type { SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import { type ColumnMeaning, shownCell } from './result-cells.ts'

const characterPx = 7.4
const paddingPx = 25
const minPx = 56
const maxPx = 460
const sampleRows = 100

export function columnWidths(
  columns: readonly SqlColumn[],
  meanings: readonly ColumnMeaning[],
  rows: readonly SqlRow[],
): number[] {
  const sample = rows.slice(0, sampleRows)
  return columns.map(({ name }, index) => {
    const meaning = meanings[index] ?? 'plain'
    const longest = sample.reduce(
      (length, cells) => Math.max(length, shownCell(cells[index] ?? null, meaning).text.length),
      name.length,
    )
    return Math.round(Math.min(maxPx, Math.max(minPx, longest * characterPx + paddingPx)))
  })
}
