/**
 * Attributes at rest: SQLite's JSONB, so that any SQL tool can query them and the wire's UTF-8 is copied, not decoded.
 *
 * What JSON cannot hold is an object with one key that starts with `$`: `{"$bytes": base64}` and
 * `{"$double": "NaN" | "Infinity" | "-Infinity"}`. Keys that start with `$` carry one more `$`, except in the
 * attributes of a record itself, which are always a map.
 * Integers and doubles stay apart: `5` is an integer, `5.0` a double.
 * Format: https://sqlite.org/jsonb.html
 */

/** Bytes of one JSONB element. */
export type Packed = Uint8Array

/** Low nibble of a JSONB header. */
export const JsonbType = {
  null: 0,
  true: 1,
  false: 2,
  int: 3,
  int5: 4,
  float: 5,
  float5: 6,
  text: 7,
  textJson: 8,
  text5: 9,
  textRaw: 10,
  array: 11,
  object: 12,
} as const

export interface KeyValue {
  readonly key: string
  readonly value: AttributeValue
}

/** A nested map, in the sender's order. */
export interface KeyValueList {
  readonly pairs: readonly KeyValue[]
}

/** OTLP `AnyValue`: null is empty, `bigint` an integer, `number` a double. */
export type AttributeValue =
  | null
  | boolean
  | string
  | bigint
  | number
  | Uint8Array
  | readonly AttributeValue[]
  | KeyValueList

export type PlainJson = null | boolean | string | number | readonly PlainJson[] | { readonly [key: string]: PlainJson }

const decoder = new TextDecoder()

interface Element {
  readonly type: number
  readonly start: number
  readonly end: number
}

function elementAt(bytes: Uint8Array, offset: number): Element {
  const header = bytes[offset]
  if (header === undefined) throw new RangeError('JSONB ends inside an element')
  const type = header & 0x0f
  const size = header >> 4
  if (size < 12) return checked(bytes, { type, start: offset + 1, end: offset + 1 + size })
  const sizeBytes = 1 << (size - 12)
  let length = 0
  for (let index = 1; index <= sizeBytes; index++) length = length * 256 + (bytes[offset + index] ?? 0)
  const start = offset + 1 + sizeBytes
  return checked(bytes, { type, start, end: start + length })
}

function checked(bytes: Uint8Array, element: Element): Element {
  if (element.end > bytes.length) throw new RangeError('JSONB ends inside an element')
  return element
}

function textOf(bytes: Uint8Array, { type, start, end }: Element): string {
  const text = decoder.decode(bytes.subarray(start, end))
  if (type === JsonbType.textJson || type === JsonbType.text5) return JSON.parse(`"${text}"`) as string
  return text
}

/** Digits that a double holds exactly. */
const exactDigits = 15

/** Status codes and the like are read of every span: without a decoder of text that takes a tenth of the time. */
function integerOf(bytes: Uint8Array, element: Element): bigint {
  const { start, end } = element
  const isNegative = bytes[start] === 0x2d
  const first = isNegative ? start + 1 : start
  if (end - first > exactDigits) return BigInt(textOf(bytes, { ...element, type: JsonbType.text }))
  let value = 0
  for (let at = first; at < end; at++) value = value * 10 + (bytes[at] as number) - 0x30
  return BigInt(isNegative ? -value : value)
}

function readPairs(bytes: Uint8Array, element: Element, nested: boolean): KeyValue[] {
  const pairs: KeyValue[] = []
  for (let offset = element.start; offset < element.end; ) {
    const key = elementAt(bytes, offset)
    const value = elementAt(bytes, key.end)
    const name = textOf(bytes, key)
    pairs.push({ key: nested && name.startsWith('$$') ? name.slice(1) : name, value: readValue(bytes, value) })
    offset = value.end
  }
  return pairs
}

function objectOf(bytes: Uint8Array, element: Element): AttributeValue {
  const pairs = readPairs(bytes, element, true)
  const only = pairs.length === 1 ? pairs[0] : undefined
  if (only && typeof only.value === 'string') {
    // An escaped `$$bytes` was unescaped above: only the stored spelling tells them apart.
    const stored = textOf(bytes, elementAt(bytes, element.start))
    if (stored === '$bytes') return fromBase64(only.value)
    if (stored === '$double') return Number(only.value)
  }
  return { pairs }
}

function readValue(bytes: Uint8Array, element: Element): AttributeValue {
  switch (element.type) {
    case JsonbType.null:
      return null
    case JsonbType.true:
      return true
    case JsonbType.false:
      return false
    case JsonbType.int:
      return integerOf(bytes, element)
    case JsonbType.int5:
      return BigInt(textOf(bytes, { ...element, type: JsonbType.text }))
    case JsonbType.float:
    case JsonbType.float5:
      return Number(textOf(bytes, { ...element, type: JsonbType.text }))
    case JsonbType.array: {
      const items: AttributeValue[] = []
      for (let offset = element.start; offset < element.end; ) {
        const item = elementAt(bytes, offset)
        items.push(readValue(bytes, item))
        offset = item.end
      }
      return items
    }
    case JsonbType.object:
      return objectOf(bytes, element)
    default:
      return textOf(bytes, element)
  }
}

/** One value of any type. Throws `RangeError` on bytes that aren't JSONB. */
export function unpack(packed: Packed): AttributeValue {
  return readValue(packed, elementAt(packed, 0))
}

/** The attributes of a record, in the sender's order. Throws `RangeError` on bytes that aren't a JSONB object. */
export function unpackAttributes(packed: Packed): readonly KeyValue[] {
  const element = elementAt(packed, 0)
  if (element.type !== JsonbType.object) throw new RangeError('attributes must be a JSONB object')
  return readPairs(packed, element, false)
}

/** Reads a few attributes of many records by name, without decoding the others. */
export class AttributePicker {
  readonly #names: readonly Uint8Array[]
  /** By length: 1 where a name has it. Almost all keys are passed over by that. */
  readonly #lengths: Uint8Array

  constructor(names: readonly string[]) {
    const encoder = new TextEncoder()
    this.#names = names.map((name) => encoder.encode(name))
    this.#lengths = new Uint8Array(1 + Math.max(...this.#names.map(({ length }) => length)))
    for (const { length } of this.#names) this.#lengths[length] = 1
  }

  /** The values in the order of the names, `undefined` where the record has none. Throws `RangeError` on broken bytes. */
  pick(packed: Packed): (AttributeValue | undefined)[] | undefined {
    const object = elementAt(packed, 0)
    let found: (AttributeValue | undefined)[] | undefined
    for (let offset = object.start; offset < object.end; ) {
      const key = elementAt(packed, offset)
      const value = elementAt(packed, key.end)
      const isNamed = this.#lengths[key.end - key.start] === 1
      const index = isNamed ? this.#names.findIndex((name) => isText(packed, key, name)) : -1
      if (index >= 0) {
        found ??= this.#names.map(() => undefined)
        found[index] = readValue(packed, value)
      }
      offset = value.end
    }
    return found
  }
}

function isText(bytes: Uint8Array, { start, end }: Element, text: Uint8Array): boolean {
  if (end - start !== text.length) return false
  // Names share their beginnings more than their ends.
  for (let index = text.length - 1; index >= 0; index--) if (bytes[start + index] !== text[index]) return false
  return true
}

export function isKeyValueList(value: AttributeValue): value is KeyValueList {
  return typeof value === 'object' && value !== null && 'pairs' in value
}

/** The pairs of a nested map; none for any other value. */
export function pairsOf(value: AttributeValue | undefined): readonly KeyValue[] {
  return value !== undefined && value !== null && typeof value === 'object' && isKeyValueList(value) ? value.pairs : []
}

export type Fields = ReadonlyMap<string, AttributeValue>

/** A JSON column that holds one object; no fields for null. */
export function fieldsOf(packed: Packed | null): Fields {
  return new Map(packed === null ? [] : pairsOf(unpack(packed)).map(({ key, value }) => [key, value]))
}

/** A JSON column that holds a list of objects (events, links, entity references), one map per object. */
export function unpackList(packed: Packed | null): Fields[] {
  const list = packed === null ? [] : unpack(packed)
  if (!Array.isArray(list)) return []
  return list.map((item: AttributeValue) => new Map(pairsOf(item).map(({ key, value }) => [key, value])))
}

/**
 * A value as people expect it in JSON: integers beyond 2^53 as decimal strings, bytes as base64,
 * `NaN` and infinities as strings; of equal keys the last wins.
 */
export function toPlainJson(value: AttributeValue): PlainJson {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value instanceof Uint8Array) return toBase64(value)
  if (isKeyValueList(value)) return plainAttributes(value.pairs)
  return value.map(toPlainJson)
}

/** Attributes as a JSON object (see `toPlainJson`). */
export function plainAttributes(pairs: readonly KeyValue[]): { [key: string]: PlainJson } {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, toPlainJson(value)]))
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Bytes of standard or URL-safe base64. Throws on anything else. */
export function fromBase64(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
