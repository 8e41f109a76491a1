/** Log records as OTLP protobuf (`opentelemetry/proto/logs/v1/logs.proto`). */

import type { LogData } from '#shared/model/telemetry-data.ts'
import { optionalId, optionalText, optionalWhole, writeAnyValue, writeKeyValues } from './otlp-protobuf-encode.ts'
import type { ProtobufWriter } from './protobuf-writer.ts'

export function writeLog(writer: ProtobufWriter, log: LogData): void {
  const { body } = log
  writer.fixed64(1, log.timeUnixNano)
  optionalWhole(writer, 2, log.severityNumber)
  optionalText(writer, 3, log.severityText)
  if (body !== undefined) writer.message(5, (inner) => writeAnyValue(inner, body))
  writeKeyValues(writer, 6, log.attributes)
  optionalWhole(writer, 7, log.droppedAttributesCount)
  if (log.flags !== 0) writer.fixed32(8, log.flags)
  optionalId(writer, 9, log.traceId)
  optionalId(writer, 10, log.spanId)
  writer.fixed64(11, log.observedTimeUnixNano)
  optionalText(writer, 12, log.eventName)
}
