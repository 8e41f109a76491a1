/** Attribute values, resources and scopes as OTLP/JSON writes them (OTLP specification, "JSON Protobuf Encoding"). */

import { type AttributeValue, isKeyValueList, type KeyValue, toBase64 } from '#shared/model/jsonb.ts'
import type { ResourceData, ScopeData } from '#shared/model/telemetry-data.ts'

export type Json = { readonly [key: string]: unknown }

export function anyValueJson(value: AttributeValue): Json {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  if (typeof value === 'number') return { doubleValue: doubleJson(value) }
  if (value instanceof Uint8Array) return { bytesValue: toBase64(value) }
  if (isKeyValueList(value)) return { kvlistValue: { values: keyValuesJson(value.pairs) } }
  return { arrayValue: { values: value.map(anyValueJson) } }
}

/** JSON has no `-0`, `NaN` or infinities: protobuf spells the latter as strings, and a string keeps the sign as well. */
export function doubleJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

export function keyValuesJson(pairs: readonly KeyValue[]): Json[] {
  return pairs.map(({ key, value }) => ({ key, value: anyValueJson(value) }))
}

/** Without the list of scopes. */
export function resourceJson({ attributes, droppedAttributesCount, entityRefs, schemaUrl }: ResourceData): Json {
  return {
    resource: {
      attributes: keyValuesJson(attributes),
      droppedAttributesCount,
      ...(entityRefs === null ? {} : { entityRefs }),
    },
    ...optional('schemaUrl', schemaUrl),
  }
}

/** Without the list of records. */
export function scopeJson({ name, version, attributes, droppedAttributesCount, schemaUrl }: ScopeData): Json {
  return {
    scope: { name, version, attributes: keyValuesJson(attributes), droppedAttributesCount },
    ...optional('schemaUrl', schemaUrl),
  }
}

/** Protobuf's JSON mapping leaves empty text out. */
export function optional(name: string, text: string): Json {
  return text === '' ? {} : { [name]: text }
}
