/** Trace and span ids as programs print them: hex, short hex, Datadog's decimals, W3C `traceparent`, Google's paths. */

import { fromHex, isValidId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/i

export interface TraceParent {
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
  readonly flags: number
}

/** Null where it says that there is no trace (zeroes), `undefined` where it is no id at all. */
export type ReadId = Uint8Array | null | undefined

export function traceIdOf(value: unknown, isDecimal: boolean): ReadId {
  const text = idText(value)
  if (text === undefined) return undefined
  if (isDecimal && /^\d{1,20}$/.test(text)) return decimalId(text, traceIdBytes)
  const path = /^projects\/[^/]+\/traces\/([0-9a-fA-F]{32})$/.exec(text)
  const hex = path?.[1] ?? text.replace(/^([0-9a-fA-F]{8})-(\w{4})-(\w{4})-(\w{4})-(\w{12})$/, '$1$2$3$4$5')
  return hexId(hex, traceIdBytes)
}

export function spanIdOf(value: unknown, isDecimal: boolean): ReadId {
  const text = idText(value)
  if (text === undefined) return undefined
  if (isDecimal && /^\d{1,20}$/.test(text)) return decimalId(text, spanIdBytes)
  return hexId(text, spanIdBytes)
}

export function traceParentOf(value: unknown): TraceParent | undefined {
  const [, trace, span, flags = '0'] = (typeof value === 'string' && traceparent.exec(value)) || []
  const traceId = hexId(trace ?? '', traceIdBytes)
  const spanId = hexId(span ?? '', spanIdBytes)
  return traceId && spanId ? { traceId, spanId, flags: Number.parseInt(flags, 16) } : undefined
}

function idText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : undefined
}

/** Leading zeros of an id may be missing by whole halves only: 16 digits are a 64-bit trace id. */
function hexId(text: string, length: number): ReadId {
  if (/^0+$/.test(text)) return null
  const isWhole = text.length === length * 2 || (length === traceIdBytes && text.length === length)
  const bytes = isWhole ? fromHex(text.padStart(length * 2, '0')) : undefined
  return bytes && isValidId(bytes, length) ? bytes : undefined
}

function decimalId(text: string, length: number): ReadId {
  const number = BigInt(text)
  if (number === 0n) return null
  return number < 2n ** 64n ? fromHex(number.toString(16).padStart(length * 2, '0')) : undefined
}
