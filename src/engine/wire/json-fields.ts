/** Reads fields of JSON that somebody else wrote: OTLP's JSON mapping of protobuf types (OTLP specification, "JSON Protobuf Encoding"). */

import { isUtf8 } from 'node:buffer'
import { fromBase64 } from '#shared/model/jsonb.ts'
import { MalformedPayload, RejectedRecord, reasons } from './decode-error.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** An integer literal that a double might round: beyond 2^53, which is 9007199254740992. */
const longInteger = /[:[,\s]-?(?:9\d{15}|\d{17})/

/**
 * Parses a document without rounding integers: those beyond 2^53 come back as `bigint`.
 * Throws `MalformedPayload` with the parser's reason.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new MalformedPayload('the JSON is not valid UTF-8')
  return parseJsonText(bytes.toString('utf8').replace(/^\uFEFF/, ''))
}

/** The same for text. */
export function parseJsonText(text: string): unknown {
  try {
    return longInteger.test(text) ? (JSON.parse(text, exactInteger) as unknown) : (JSON.parse(text) as unknown)
  } catch (error) {
    throw new MalformedPayload(`the JSON can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

// The third argument is the "JSON.parse source text access" feature of ECMAScript, in V8 since 2024.
/** More digits than any 64 bits have: nothing that is kept exactly, and a file may hold millions, which take minutes. */
const maxDigits = 40

function exactInteger(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context?.source === undefined) return value
  if (context.source.length > maxDigits) return value
  return /^-?\d+$/.test(context.source) ? BigInt(context.source) : value
}

function wrongShape(): RejectedRecord {
  return new RejectedRecord(reasons.shape)
}

/** An object, an empty one when absent. Throws `RejectedRecord` otherwise. */
export function objectField(value: unknown): JsonObject {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongShape()
  return value as JsonObject
}

export function arrayField(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw wrongShape()
  return value
}

export function textField(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw wrongShape()
  if (!value.isWellFormed()) throw new RejectedRecord(reasons.utf8)
  return value
}

/** An unsigned 32-bit integer, or one of `names` for an enumeration. */
export function uint32Field(value: unknown, names?: Readonly<Record<string, number>>): number {
  if (value === undefined || value === null) return 0
  if (typeof value === 'string' && names && Object.hasOwn(names, value)) return names[value] ?? 0
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number >= 2 ** 32) throw wrongShape()
  return number
}

/** A signed or unsigned 64-bit integer: decimal string or number. */
export function int64Field(value: unknown): bigint {
  if (value === undefined || value === null || value === '') return 0n
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value)
  throw wrongShape()
}

/** A double: a number, a decimal string, `"NaN"`, `"Infinity"` or `"-Infinity"`. */
export function doubleField(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value === 'NaN') return Number.NaN
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value)
  throw wrongShape()
}

export function base64Field(value: unknown): Uint8Array {
  const text = textField(value)
  try {
    return fromBase64(text)
  } catch {
    throw wrongShape()
  }
}
