/** Log records as OTLP/JSON. */

import type { LogData } from '#shared/model/telemetry-data.ts'
import { anyValueJson, type Json, keyValuesJson, optional } from './otlp-json-encode.ts'

export function logJson(log: LogData): Json {
  return {
    timeUnixNano: log.timeUnixNano.toString(),
    observedTimeUnixNano: log.observedTimeUnixNano.toString(),
    severityNumber: log.severityNumber,
    ...optional('severityText', log.severityText),
    ...(log.body === undefined ? {} : { body: anyValueJson(log.body) }),
    attributes: keyValuesJson(log.attributes),
    droppedAttributesCount: log.droppedAttributesCount,
    flags: log.flags,
    ...optional('traceId', log.traceId ?? ''),
    ...optional('spanId', log.spanId ?? ''),
    ...optional('eventName', log.eventName),
  }
}
