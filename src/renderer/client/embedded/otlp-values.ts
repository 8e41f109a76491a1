/** Attribute values of OTLP/JSON as people read them; the same as the engine makes of what it stores. */

import { type AttributeValue, fromBase64, type KeyValue, type PlainJson, toPlainJson } from '#shared/model/jsonb.ts'

/** `AnyValue` as the exporter writes it: one field at most. */
export interface OtlpValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: string
  readonly doubleValue?: number | string
  readonly bytesValue?: string
  readonly arrayValue?: { readonly values: readonly OtlpValue[] }
  readonly kvlistValue?: { readonly values: readonly OtlpKeyValue[] }
}

export interface OtlpKeyValue {
  readonly key: string
  readonly value: OtlpValue
}

export function plainValue(value: OtlpValue | undefined): PlainJson {
  return value === undefined ? null : toPlainJson(attributeValue(value))
}

export function plainPairs(pairs: readonly OtlpKeyValue[] | undefined): { [key: string]: PlainJson } {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, plainValue(value)]))
}

function attributeValue(value: OtlpValue): AttributeValue {
  if (value.stringValue !== undefined) return value.stringValue
  if (value.boolValue !== undefined) return value.boolValue
  if (value.intValue !== undefined) return BigInt(value.intValue)
  if (value.doubleValue !== undefined) return Number(value.doubleValue)
  if (value.bytesValue !== undefined) return fromBase64(value.bytesValue)
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(attributeValue)
  if (value.kvlistValue !== undefined) return { pairs: value.kvlistValue.values.map(pairOf) }
  return null
}

function pairOf({ key, value }: OtlpKeyValue): KeyValue {
  return { key, value: attributeValue(value) }
}
