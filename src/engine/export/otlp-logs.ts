/** Stored log records as OTLP/JSON: field for field what was sent. */

import { breathe, type QueryContext } from '../queries/context.ts'
import { logsOfTrace } from '../queries/stored-rows.ts'
import { traceNotFound } from '../queries/trace-summary.ts'
import { logJson } from '../wire/otlp-logs-json-encode.ts'
import { OtlpDocument } from './otlp-document.ts'
import { logOfRow, Places } from './record-of-row.ts'

/** A trace's logs as UTF-8 OTLP/JSON `{"resourceLogs": […]}`. Throws NOT_FOUND for an unknown trace, TOO_LARGE. */
export async function logsAsOtlp({ db, signal }: QueryContext, { traceId }: { traceId: string }): Promise<Uint8Array> {
  const id = Buffer.from(traceId, 'hex')
  const places = new Places(db)
  const document = new OtlpDocument({ resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' })
  for (const rows of logsOfTrace(db, id)) {
    for (const row of rows) {
      const log = logOfRow(places, row)
      document.add(log, logJson(log))
    }
    await breathe(signal)
  }
  if (document.isEmpty && !db.prepare('SELECT 1 FROM trace WHERE trace_id = ?').get(id))
    throw traceNotFound(db, traceId)
  return document.finish()
}
