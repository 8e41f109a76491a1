/** Attribute values as OTLP/JSON writes them (OTLP specification, "JSON Protobuf Encoding"). */

import {
  type AttributeValue,
  isKeyValueList,
  type KeyValue,
  type Packed,
  toBase64,
  unpackAttributes,
} from '#shared/model/jsonb.ts'

type Json = { readonly [key: string]: unknown }

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

export function attributesJson(packed: Packed): Json[] {
  return keyValuesJson(unpackAttributes(packed))
}
