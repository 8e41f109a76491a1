/** The log records of a selection, oldest first. */

import type { ExportSelection } from '#shared/contract/exports.ts'
import type { LogData } from '#shared/model/telemetry-data.ts'
import type { QueryContext } from '../queries/context.ts'
import { listLogs } from '../queries/logs.ts'
import { logsById } from '../queries/stored-rows.ts'
import { logOfRow, type Places } from './record-of-row.ts'

const pageRecords = 1_000

/** By the filter of the Logs screen, as it answers it. What is stored after the export began isn't part of it. */
export async function* filteredLogs(
  context: QueryContext,
  { service, start, end, logs }: ExportSelection,
  places: Places,
): AsyncGenerator<LogData[]> {
  const { db } = context
  const newest = (db.prepare('SELECT max(id) FROM log_record').pluck().get() as bigint | null) ?? 0n
  for (let cursor: string | undefined; ; ) {
    const page = await listLogs(context, { ...logs, service, start, end, order: 'oldest', limit: pageRecords, cursor })
    const ids = page.logs.map(({ id }) => id).filter((id) => id <= newest)
    for (const rows of logsById(db, ids)) yield rows.map((row) => logOfRow(places, row))
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}
