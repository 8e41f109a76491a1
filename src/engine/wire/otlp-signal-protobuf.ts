/** Which of its three kinds an OTLP protobuf message is: all are framed alike, and only their records tell. */

import type { Signal } from '#shared/model/batch.ts'
import { ProtobufReader, tag, WireType } from './protobuf-reader.ts'

const { varint, fixed64, bytes, fixed32 } = WireType

/** Fields that only one of `Span`, `LogRecord` and `Metric` has in this wire type. */
const telling: ReadonlyMap<number, Signal> = new Map([
  [tag(7, fixed64), 'traces'],
  [tag(8, fixed64), 'traces'],
  [tag(6, varint), 'traces'],
  [tag(1, fixed64), 'logs'],
  [tag(2, varint), 'logs'],
  [tag(11, fixed64), 'logs'],
  [tag(8, fixed32), 'logs'],
  [tag(7, bytes), 'metrics'],
])

/** By its first records; undefined when it has none. Throws `MalformedPayload` when it isn't protobuf. */
export function signalOfProtobuf(message: Buffer): Signal | undefined {
  let hasSome = false
  for (const resource of fieldsOf(new ProtobufReader(message), 1)) {
    for (const scope of fieldsOf(resource, 2)) {
      for (const record of fieldsOf(scope, 2)) {
        const signal = signalOfRecord(record)
        if (signal) return signal
        hasSome = true
      }
    }
  }
  // A gauge, sum or histogram shares its numbers with fields of spans: what tells nothing is a metric.
  return hasSome ? 'metrics' : undefined
}

function signalOfRecord(record: ProtobufReader): Signal | undefined {
  while (record.position < record.end) {
    const fieldTag = record.tag()
    const signal = telling.get(fieldTag)
    if (signal) return signal
    record.skip(fieldTag)
  }
  return undefined
}

function* fieldsOf(reader: ProtobufReader, field: number): Generator<ProtobufReader> {
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(field, bytes)) {
      const start = reader.lengthDelimited()
      yield new ProtobufReader(reader.bytes, start, reader.position)
    } else reader.skip(fieldTag)
  }
}
