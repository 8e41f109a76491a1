/** Tables as CSV (RFC 4180) that a spreadsheet opens without running anything. */

export type CsvValue = string | number | null

/** A head and its lines; what isn't there is an empty cell. */
export function csvText(head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return csvLine(head) + rows.map((cells) => csvLine(cells.map((cell) => String(cell ?? '')))).join('')
}

/**
 * One line. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text
 * (OWASP, "CSV Injection"); numbers stay numbers.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
