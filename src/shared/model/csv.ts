/** Tables as CSV (RFC 4180) that a spreadsheet opens without running anything. */

export type CsvValue = string | number | null

/** What isn't there is an empty cell. */
export interface CsvTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly CsvValue[])[]
}

export function csvText({ head, rows }: CsvTable): string {
  return csvLine(head) + rows.map((cells) => csvLine(cells.map((cell) => String(cell ?? '')))).join('')
}

/**
 * One line. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text
 * (OWASP, "CSV Injection"); numbers stay numbers.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

export function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
