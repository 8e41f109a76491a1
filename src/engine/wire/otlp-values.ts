/** Pieces of OTLP/JSON that decoders of other formats write: attributes, ids, instants. */

import { boundedJson } from './json-depth.ts'
import type { JsonObject } from './json-fields.ts'
import { maxDepth } from './otlp-common-protobuf.ts'

export interface OtlpAttribute {
  /** Text, unless it is to be refused. */
  readonly key: unknown
  readonly value: JsonObject
}

export function text(key: string, value: string): OtlpAttribute {
  return { key, value: { stringValue: value } }
}

export function flag(key: string, value: boolean): OtlpAttribute {
  return { key, value: { boolValue: value } }
}

export function integer(key: string, value: number): OtlpAttribute {
  return { key, value: { intValue: value } }
}

export function list(key: string, values: readonly unknown[]): OtlpAttribute {
  return { key, value: { arrayValue: { values: values.map(plainValue) } } }
}

/** Hex ids that lost their leading zeros get them back; anything else stays, to be refused as what it is. */
export function paddedId(id: unknown, digits: number): unknown {
  return typeof id === 'string' && id !== '' && id.length < digits ? id.padStart(digits, '0') : id
}

/** Microseconds since the epoch as nanoseconds; what isn't a number stays, to be refused as what it is. */
export function nanosOfMicros(micros: unknown): unknown {
  if (typeof micros === 'bigint') return micros * 1000n
  if (typeof micros === 'string' && /^\d{1,20}$/.test(micros)) return BigInt(micros) * 1000n
  if (typeof micros === 'string') return nanosOfIso(micros) ?? micros
  if (typeof micros !== 'number' || !Number.isFinite(micros)) return micros
  const whole = Math.floor(micros)
  return BigInt(whole) * 1000n + BigInt(Math.round((micros - whole) * 1000))
}

const iso = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)$/i

/** RFC 3339 with up to nine digits of a second; undefined for anything else and for times before 1970. */
export function nanosOfIso(value: string): bigint | undefined {
  const [, seconds, fraction = '', zone = 'Z'] = iso.exec(value.trim()) ?? []
  if (seconds === undefined) return undefined
  const millis = Date.parse(`${seconds.replace(' ', 'T')}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase()}`)
  if (!Number.isFinite(millis) || millis < 0) return undefined
  return BigInt(millis) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}

/** Stands for what is nested too deep to be read: refused for that by the decoder of OTLP. */
const tooDeep = Array.from({ length: maxDepth + 1 }).reduce<JsonObject>(
  (inner) => ({ arrayValue: { values: [inner] } }),
  {},
)

/** A value by its own type, and what OTLP has no type for as its JSON. */
export function plainValue(value: unknown): JsonObject {
  if (value === null || value === undefined) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: value }
  if (typeof value === 'number') return { doubleValue: value }
  const json = boundedJson(value)
  return json === undefined ? tooDeep : { stringValue: json }
}

/** What is left of a list; an empty one for anything that is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A list of records; anything else that is there is one of them, to be refused as such. */
export function recordsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
