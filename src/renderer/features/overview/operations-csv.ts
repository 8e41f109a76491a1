/** The Operations table as CSV, with exact figures. */

import type { OperationSignals } from '#shared/contract/operations.ts'
import { csvText } from '#shared/model/csv.ts'

export function operationsCsv(operations: readonly OperationSignals[]): string {
  return csvText(
    [
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
    operations.map((each) => [
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
  )
}
