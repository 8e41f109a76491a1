/** The summary of one trace, and how summary rows read. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { toHex } from '#shared/model/ids.ts'
import { toUnixMillis } from '#shared/model/time.ts'
import type { ReadDb } from '../store/database.ts'
import type { QueryContext } from './context.ts'

/** Names are looked up for rows that are shown, not for rows that are searched. */
export const summaryColumns = `trace.trace_id, trace.start_unix_nano, trace.duration_ns, trace.span_count, trace.error_count,
  trace.root_received,
  (SELECT service.name FROM operation JOIN service ON service.id = service_id
    WHERE operation.id = trace.root_operation_id) AS root_service,
  (SELECT name FROM operation WHERE id = trace.root_operation_id) AS root_operation,
  (SELECT json_group_array(name) FROM service WHERE id IN (SELECT value FROM json_each(trace.service_ids))) AS services`

export interface SummaryRow {
  readonly trace_id: Buffer
  readonly start_unix_nano: bigint
  readonly duration_ns: bigint
  readonly span_count: bigint
  readonly error_count: bigint
  readonly root_received: bigint
  readonly root_service: string
  readonly root_operation: string
  /** JSON array of names. */
  readonly services: string
}

/** Throws NOT_FOUND when no span of this trace is stored. */
export function traceSummary({ db }: QueryContext, { traceId }: { traceId: string }): TraceSummary {
  const row = db.prepare(`SELECT ${summaryColumns} FROM trace WHERE trace_id = ?`).get(Buffer.from(traceId, 'hex')) as
    | SummaryRow
    | undefined
  if (!row) throw traceNotFound(db, traceId)
  return toTraceSummary(row)
}

/** Says whether the trace was pruned, when and why; a link that outlives its trace should not be a riddle. */
export function traceNotFound(db: ReadDb, traceId: string): SpanlightError {
  const pruned = db
    .prepare('SELECT pruned_unix_nano, reason FROM pruned_trace WHERE trace_id = ?')
    .get(Buffer.from(traceId, 'hex')) as { pruned_unix_nano: bigint; reason: string } | undefined
  if (!pruned) {
    return new SpanlightError(
      'NOT_FOUND',
      `No trace ${traceId} is stored here. It was never received, or it was deleted.`,
    )
  }
  const when = new Date(toUnixMillis(pruned.pruned_unix_nano)).toISOString()
  return new SpanlightError('NOT_FOUND', `Trace ${traceId} was deleted at ${when} (${pruned.reason}).`, {
    prunedUnixNano: pruned.pruned_unix_nano.toString(),
    reason: pruned.reason,
  })
}

export function toTraceSummary(row: SummaryRow): TraceSummary {
  return {
    traceId: toHex(row.trace_id),
    rootService: row.root_service,
    rootOperation: row.root_operation,
    rootReceived: row.root_received === 1n,
    startTimeUnixNano: row.start_unix_nano.toString(),
    durationNs: Number(row.duration_ns),
    spanCount: Number(row.span_count),
    errorCount: Number(row.error_count),
    services: (JSON.parse(row.services) as string[]).sort(),
  }
}
