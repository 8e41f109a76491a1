/** Stored log records as OTLP/JSON: field for field what was sent. */

import { toHex } from '#shared/model/ids.ts'
import { unpack } from '#shared/model/jsonb.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { logsOfTrace, type StoredLog } from '../queries/stored-rows.ts'
import { traceNotFound } from '../queries/trace-summary.ts'
import { anyValueJson, attributesJson } from '../wire/otlp-json-encode.ts'
import { type Json, OtlpDocument, optional } from './otlp-document.ts'

/** A trace's logs as UTF-8 OTLP/JSON `{"resourceLogs": […]}`. Throws NOT_FOUND for an unknown trace, TOO_LARGE. */
export async function logsAsOtlp({ db, signal }: QueryContext, { traceId }: { traceId: string }): Promise<Uint8Array> {
  const id = Buffer.from(traceId, 'hex')
  const document = new OtlpDocument(db, { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' })
  for (const logs of logsOfTrace(db, id)) {
    for (const log of logs) document.add(log, logJson(log))
    await breathe(signal)
  }
  if (document.isEmpty && !db.prepare('SELECT 1 FROM trace WHERE trace_id = ?').get(id))
    throw traceNotFound(db, traceId)
  return document.finish()
}

function logJson(log: StoredLog): Json {
  return {
    timeUnixNano: log.time_unix_nano.toString(),
    observedTimeUnixNano: log.observed_time_unix_nano.toString(),
    severityNumber: Number(log.severity_number),
    ...optional('severityText', log.severity_text),
    ...(log.body === null ? {} : { body: anyValueJson(unpack(log.body)) }),
    attributes: attributesJson(log.attributes),
    droppedAttributesCount: Number(log.dropped_attributes_count),
    flags: Number(log.flags),
    ...(log.trace_id === null ? {} : { traceId: toHex(log.trace_id) }),
    ...(log.span_id === null ? {} : { spanId: toHex(log.span_id) }),
    ...optional('eventName', log.event_name),
  }
}
