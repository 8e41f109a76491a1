/** The log list as CSV: a line for each record that is loaded. */

import type { CsvTable } from '#shared/model/csv.ts'
import { toIsoNanos } from '#shared/model/time.ts'
import type { LogRow } from './log-row.ts'

export function logsCsv(rows: readonly LogRow[]): CsvTable {
  return {
    head: ['time', 'severity', 'service', 'message', 'exception', 'trace_id', 'span_id'],
    rows: rows.map((row) => [
      toIsoNanos(BigInt(row.timeUnixNano)),
      row.levelText,
      row.service,
      row.line,
      row.exceptionType ?? '',
      row.traceId ?? '',
      row.spanId ?? '',
    ]),
  }
}
