/** Attribute values, resources and scopes as OTLP protobuf (`opentelemetry/proto/common/v1`, `resource/v1`). */

import { type AttributeValue, isKeyValueList, type KeyValue } from '#shared/model/jsonb.ts'
import type { ResourceData, ScopeData } from '#shared/model/telemetry-data.ts'
import type { ProtobufWriter } from './protobuf-writer.ts'

/** A member of a oneof is written even when it is the default: it says which one it is. */
export function writeAnyValue(writer: ProtobufWriter, value: AttributeValue): void {
  if (value === null) return
  if (typeof value === 'string') writer.text(1, value)
  else if (typeof value === 'boolean') writer.whole(2, value ? 1 : 0)
  else if (typeof value === 'bigint') writer.integer(3, value)
  else if (typeof value === 'number') writer.double(4, value)
  else if (value instanceof Uint8Array) writer.bytes(7, value)
  else if (isKeyValueList(value)) writer.message(6, (list) => writeKeyValues(list, 1, value.pairs))
  else {
    writer.message(5, (list) => {
      for (const item of value) list.message(1, (inner) => writeAnyValue(inner, item))
    })
  }
}

export function writeKeyValues(writer: ProtobufWriter, field: number, pairs: readonly KeyValue[]): void {
  for (const { key, value } of pairs) {
    writer.message(field, (pair) => {
      optionalText(pair, 1, key)
      pair.message(2, (inner) => writeAnyValue(inner, value))
    })
  }
}

/** Field 1 of `ResourceSpans`, `ResourceLogs` and `ResourceMetrics`. */
export function writeResource(writer: ProtobufWriter, resource: ResourceData): void {
  writer.message(1, (inner) => {
    writeKeyValues(inner, 1, resource.attributes)
    optionalWhole(inner, 2, resource.droppedAttributesCount)
    for (const { schemaUrl, type, idKeys, descriptionKeys } of resource.entityRefs ?? []) {
      inner.message(3, (entity) => {
        optionalText(entity, 1, schemaUrl)
        optionalText(entity, 2, type)
        for (const key of idKeys) entity.text(3, key)
        for (const key of descriptionKeys) entity.text(4, key)
      })
    }
  })
}

/** Field 1 of `ScopeSpans`, `ScopeLogs` and `ScopeMetrics`. */
export function writeScope(writer: ProtobufWriter, scope: ScopeData): void {
  writer.message(1, (inner) => {
    optionalText(inner, 1, scope.name)
    optionalText(inner, 2, scope.version)
    writeKeyValues(inner, 3, scope.attributes)
    optionalWhole(inner, 4, scope.droppedAttributesCount)
  })
}

export function optionalText(writer: ProtobufWriter, field: number, value: string): void {
  if (value !== '') writer.text(field, value)
}

export function optionalWhole(writer: ProtobufWriter, field: number, value: number): void {
  if (value !== 0) writer.whole(field, value)
}

export function optionalId(writer: ProtobufWriter, field: number, hex: string | null): void {
  if (hex !== null && hex !== '') writer.bytes(field, Buffer.from(hex, 'hex'))
}
