/** The Traces table as CSV: a line for each trace that is listed. */

import type { TraceSummary } from '#shared/contract/traces.ts'
import type { CsvTable } from '#shared/model/csv.ts'
import { toIsoNanos } from '#shared/model/time.ts'

export function tracesCsv(traces: readonly TraceSummary[]): CsvTable {
  return {
    head: ['trace_id', 'start', 'service', 'operation', 'duration_ns', 'spans', 'errors', 'services'],
    rows: traces.map((trace) => [
      trace.traceId,
      toIsoNanos(BigInt(trace.startTimeUnixNano)),
      trace.rootService,
      trace.rootOperation,
      trace.durationNs,
      trace.spanCount,
      trace.errorCount,
      trace.services.join(' '),
    ]),
  }
}
