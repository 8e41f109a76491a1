/** The Operations table as CSV, with exact figures. */

import type { OperationSignals } from '#shared/contract/operations.ts'
import type { CsvTable } from '#shared/model/csv.ts'

export function operationsCsv(operations: readonly OperationSignals[]): CsvTable {
  return {
    head: [
      'service',
      'operation',
      'kind',
      'requests',
      'rate_per_second',
      'errors',
      'implicit_errors',
      'p50_ns',
      'p95_ns',
      'p99_ns',
      'n',
      'apdex',
      'apdex_threshold_ns',
      'share_of_time',
    ],
    rows: operations.map((each) => [
      each.service,
      each.operation,
      each.kind,
      each.requests,
      each.ratePerSecond,
      each.errors,
      each.implicitErrors,
      each.p50Ns,
      each.p95Ns,
      each.p99Ns,
      each.n,
      each.apdex,
      each.apdexThresholdNs,
      each.shareOfTime,
    ]),
  }
}
