/** What is saved as a file of a table on screen goes through the rules of redaction that are kept, as every export does. */

import { type CsvTable, csvText } from '#shared/model/csv.ts'
import { api } from './api.ts'
import { exportManifest } from './exported-file.ts'
import { type NamedText, redactCells } from './redact-cells.ts'

const keyBytes = 32

/** In the order of the cells. Rejects when the engine can't be asked: nothing is saved unread. */
export async function redactedCells(cells: readonly NamedText[]): Promise<readonly string[]> {
  // What an exported file holds was redacted when it was written.
  if (exportManifest() !== undefined) return cells.map(({ text }) => text)
  const key = [...crypto.getRandomValues(new Uint8Array(keyBytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return redactCells(cells, async (some) => (await api.exports.redactCells({ key, cells: [...some] })).texts)
}

export async function redactedCsv({ head, rows }: CsvTable): Promise<string> {
  const cells = rows.flatMap((values) =>
    values.flatMap((value, index) => (typeof value === 'string' ? [{ name: head[index] ?? '', text: value }] : [])),
  )
  const texts = (await redactedCells(cells)).values()
  return csvText({
    head,
    rows: rows.map((values) => values.map((value) => (typeof value === 'string' ? (texts.next().value ?? '') : value))),
  })
}
