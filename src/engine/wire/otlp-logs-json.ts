/** Log records from OTLP/JSON. */

import type { LogBatch, LogRecord } from '#shared/model/batch.ts'
import type { Packed } from '#shared/model/jsonb.ts'
import { severityLevels } from '#shared/model/severity.ts'
import { reasons } from './decode-error.ts'
import { type JsonObject, textField, uint32Field } from './json-fields.ts'
import type { JsonbWriter } from './jsonb-writer.ts'
import { searchTextOf, traceContextOf } from './log-columns.ts'
import { decodeJsonBatch, idField, type JsonPayload, packAttributes, writeValue } from './otlp-batch-json.ts'
import { timeField } from './otlp-traces-json.ts'

/** `SEVERITY_NUMBER_INFO` is 9, `SEVERITY_NUMBER_INFO2` 10, and so on. */
const severityNames: Readonly<Record<string, number>> = Object.fromEntries(
  severityLevels.flatMap((level, index) =>
    index === 0
      ? [['SEVERITY_NUMBER_UNSPECIFIED', 0]]
      : ['', '2', '3', '4'].map((suffix, step) => [
          `SEVERITY_NUMBER_${level.toUpperCase()}${suffix}`,
          (index - 1) * 4 + 1 + step,
        ]),
  ),
)

/** Decodes an `ExportLogsServiceRequest` in JSON. Throws `MalformedPayload`. */
export function decodeLogsJson(payload: JsonPayload): LogBatch {
  return decodeJsonBatch(
    payload,
    { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
    { decode: decodeLog, weigh: () => 1 },
  )
}

function decodeLog(
  writer: JsonbWriter,
  json: JsonObject,
  place: { readonly resource: number; readonly scope: number },
): LogRecord {
  const body = packBody(writer, json.body)
  const attributes = packAttributes(writer, json.attributes)
  const eventName = textField(json.eventName)
  return {
    ...place,
    timeUnixNano: timeField(json.timeUnixNano),
    observedTimeUnixNano: timeField(json.observedTimeUnixNano),
    severityNumber: uint32Field(json.severityNumber, severityNames),
    severityText: textField(json.severityText),
    body,
    attributes,
    droppedAttributesCount: uint32Field(json.droppedAttributesCount),
    flags: uint32Field(json.flags),
    eventName,
    ...traceContextOf(idField(json.traceId, reasons.traceId), idField(json.spanId, reasons.spanId)),
    searchText: searchTextOf(body, eventName, attributes),
  }
}

function packBody(writer: JsonbWriter, body: unknown): Packed | null {
  if (body === undefined || body === null) return null
  writer.begin()
  writeValue(writer, body, 0)
  return writer.take()
}
