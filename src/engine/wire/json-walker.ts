/**
 * Walks JSON as bytes, without making objects of it: for formats whose documents are read by the million. It knows the JSON that
 * programs write; whatever else JSON allows ends the walk with `NotPlain`, and a parser has to read the document instead.
 * What it accepts is JSON, and means the same to a parser.
 */

import { Byte } from './json-bytes.ts'
import { parseJsonText } from './json-fields.ts'

/** The walk ends here, and nothing is known of the document. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

/** 1 for bytes that stand for themselves in a string. */
const isTextByte = new Uint8Array(256).fill(1, Byte.space)
isTextByte[Byte.quote] = 0
isTextByte[Byte.backslash] = 0

const isBlank = new Uint8Array(256)
for (const blank of ' \t\n\r') isBlank[blank.charCodeAt(0)] = 1

/** Bytes that numbers and literals consist of. */
const isScalarByte = new Uint8Array(256)
for (const byte of '+-.0123456789EINaefilnrstuy') isScalarByte[byte.charCodeAt(0)] = 1

/** By byte; what is no digit is 0xff. */
const hexDigit = new Uint8Array(256).fill(0xff)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  hexDigit[digit.charCodeAt(0)] = value
  hexDigit[digit.toUpperCase().charCodeAt(0)] = value
}

const lowDigits = 9
/** Instants below this many seconds fit into 63 bits. */
const maxSeconds = 9_223_372_036

/** Names of members, to be told by their bytes. */
export class Names {
  readonly #byLength: (readonly (readonly [index: number, bytes: Buffer])[] | undefined)[] = []

  constructor(names: readonly string[]) {
    for (const [index, name] of names.entries()) {
      const bytes = Buffer.from(name)
      this.#byLength[bytes.length] = [...(this.#byLength[bytes.length] ?? []), [index, bytes]]
    }
  }

  /** The place of a name in the list. Throws `NotPlain` for one that isn't there. */
  find(bytes: Buffer, start: number, end: number): number {
    const length = end - start
    const candidates = this.#byLength[length]
    if (candidates) {
      for (const [index, name] of candidates) {
        let at = 0
        while (at < length && bytes[start + at] === name[at]) at++
        if (at === length) return index
      }
    }
    throw new NotPlain()
  }
}

export class JsonWalker {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  /** Nothing was read yet of the object or array that was opened last. */
  #isFresh = false
  /** Of the last string, without its quotes. */
  start = 0
  end = 0
  isEscaped = false

  get bytes(): Buffer {
    return this.#bytes
  }

  get position(): number {
    return this.#at
  }

  /** `bytes` must be UTF-8. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes
    this.#at = 0
  }

  /** Nothing but blanks may be left. */
  finish(): void {
    this.#skipBlanks()
    if (this.#at < this.#bytes.length) throw new NotPlain()
  }

  openObject(): void {
    this.#expect(Byte.openObject)
    this.#isFresh = true
  }

  /** The next member's name, by its place in `names`; -1 after the last. */
  nextMember(names: Names): number {
    if (!this.#goOn(Byte.closeObject)) return -1
    this.string()
    if (this.isEscaped) throw new NotPlain()
    const index = names.find(this.#bytes, this.start, this.end)
    this.#expect(Byte.colon)
    return index
  }

  /** Between members: that there is none any more. */
  closeObject(): void {
    if (this.#goOn(Byte.closeObject)) throw new NotPlain()
  }

  openArray(): void {
    this.#expect(Byte.openArray)
    this.#isFresh = true
  }

  /** Whether there is another item. */
  nextItem(): boolean {
    return this.#goOn(Byte.closeArray)
  }

  /** Reads a string; where it lies is in `start` and `end`. */
  string(): void {
    this.#expect(Byte.quote)
    const bytes = this.#bytes
    let at = this.#at
    this.start = at
    this.isEscaped = false
    for (;;) {
      while (isTextByte[bytes[at] as number] === 1) at++
      const byte = bytes[at]
      if (byte === Byte.quote) break
      if (byte !== Byte.backslash) throw new NotPlain()
      this.isEscaped = true
      at += 2
    }
    this.end = at
    this.#at = at + 1
  }

  text(): string {
    this.string()
    return this.lastText()
  }

  /** The string that was read last. */
  lastText(): string {
    if (this.isEscaped) return String(parse(this.#bytes, this.start - 1, this.end + 1))
    return this.start === this.end ? '' : this.#bytes.toString('utf8', this.start, this.end)
  }

  /** An id of `count` bytes in hex, not all zero. Throws `NotPlain` for any other. */
  id(count: number): Uint8Array<ArrayBuffer> {
    this.string()
    const bytes = this.#bytes
    if (this.end - this.start !== count * 2) throw new NotPlain()
    const id = new Uint8Array(count)
    let sum = 0
    for (let index = 0, at = this.start; index < count; index++, at += 2) {
      const high = hexDigit[bytes[at] as number] as number
      const low = hexDigit[bytes[at + 1] as number] as number
      if ((high | low) > 0xf) throw new NotPlain()
      const byte = (high << 4) | low
      sum |= byte
      id[index] = byte
    }
    if (sum === 0) throw new NotPlain()
    return id
  }

  /** The same, or null for none. */
  idOrNone(count: number): Uint8Array | null {
    this.#skipBlanks()
    if (this.#bytes[this.#at + 1] !== Byte.quote) return this.id(count)
    this.string()
    return null
  }

  /** A whole number that is not negative and has up to nine digits; undefined, and nothing is read, for any other value. */
  smallCount(): number | undefined {
    const before = this.#at
    this.#skipBlanks()
    const end = this.#digitsEnd(this.#at)
    const length = end - this.#at
    if (length === 0 || length > lowDigits || (length > 1 && this.#bytes[this.#at] === Byte.zero)) {
      this.#at = before
      return undefined
    }
    const count = this.#number(this.#at, end)
    this.#at = end
    if (!this.#isOver()) {
      this.#at = before
      return undefined
    }
    return count
  }

  /** A whole number of up to 63 bits that is not negative, as digits or as a string of them; undefined, and nothing is read, for any other value. */
  instant(): bigint | undefined {
    const before = this.#at
    this.#skipBlanks()
    const isQuoted = this.#bytes[this.#at] === Byte.quote
    const start = isQuoted ? this.#at + 1 : this.#at
    const end = this.#digitsEnd(start)
    const middle = Math.max(start, end - lowDigits)
    const seconds = middle - start > lowDigits + 1 ? maxSeconds : this.#number(start, middle)
    this.#at = isQuoted ? end + 1 : end
    const isWhole = isQuoted
      ? this.#bytes[end] === Byte.quote
      : this.#isOver() && (this.#bytes[start] !== Byte.zero || end === start + 1)
    if (end === start || seconds >= maxSeconds || !isWhole) {
      this.#at = before
      return undefined
    }
    return BigInt(seconds) * 1_000_000_000n + BigInt(this.#number(middle, end))
  }

  /** Where a whole number of up to 18 digits lies that is written as SQLite would, as digits or as a string of them: then `start` and `end` say so. */
  integer(): boolean {
    const before = this.#at
    this.#skipBlanks()
    const bytes = this.#bytes
    const isQuoted = bytes[this.#at] === Byte.quote
    const start = isQuoted ? this.#at + 1 : this.#at
    const first = bytes[start] === Byte.minus ? start + 1 : start
    const end = this.#digitsEnd(first)
    this.#at = isQuoted ? end + 1 : end
    const isWhole = isQuoted ? bytes[end] === Byte.quote : this.#isOver()
    const isCanonical = bytes[first] === Byte.zero ? end === start + 1 : end > first && end - first < 2 * lowDigits
    if (!isWhole || !isCanonical) {
      this.#at = before
      return false
    }
    this.start = start
    this.end = end
    return true
  }

  /** Any value, parsed. */
  value(): unknown {
    const start = this.skip()
    return parse(this.#bytes, start, this.#at)
  }

  /** Passes over a value that is JSON if a parser takes it, and answers where it begins. */
  skip(): number {
    this.#skipBlanks()
    const start = this.#at
    const bytes = this.#bytes
    let depth = 0
    do {
      this.#skipBlanks()
      const byte = bytes[this.#at]
      if (byte === Byte.quote) this.string()
      else if (byte === Byte.openObject || byte === Byte.openArray) {
        depth++
        this.#at++
      } else if (byte === Byte.closeObject || byte === Byte.closeArray) {
        depth--
        this.#at++
      } else if (depth > 0 && (byte === Byte.comma || byte === Byte.colon)) this.#at++
      else if (byte !== undefined && isScalarByte[byte] === 1)
        while (isScalarByte[bytes[this.#at] as number] === 1) this.#at++
      else throw new NotPlain()
    } while (depth > 0)
    if (depth < 0) throw new NotPlain()
    return start
  }

  #expect(byte: number): void {
    this.#skipBlanks()
    if (this.#bytes[this.#at] !== byte) throw new NotPlain()
    this.#at++
  }

  /** To the next member or item; false, and past the end, when there is none. */
  #goOn(close: number): boolean {
    this.#skipBlanks()
    const byte = this.#bytes[this.#at]
    const isFresh = this.#isFresh
    this.#isFresh = false
    if (byte === close) {
      this.#at++
      return false
    }
    if (isFresh) return true
    if (byte !== Byte.comma) throw new NotPlain()
    this.#at++
    return true
  }

  #skipBlanks(): void {
    const bytes = this.#bytes
    let at = this.#at
    while (isBlank[bytes[at] as number] === 1) at++
    this.#at = at
  }

  #digitsEnd(start: number): number {
    const bytes = this.#bytes
    let end = start
    for (;;) {
      const byte = bytes[end]
      if (byte === undefined || byte < Byte.zero || byte > Byte.nine) return end
      end++
    }
  }

  /** The number that digits say. */
  #number(start: number, end: number): number {
    let number = 0
    for (let at = start; at < end; at++) number = number * 10 + (this.#bytes[at] as number) - Byte.zero
    return number
  }

  /** Whether a number or literal ends here. */
  #isOver(): boolean {
    const byte = this.#bytes[this.#at]
    return byte === Byte.comma || byte === Byte.closeObject || byte === Byte.closeArray || isBlank[byte as number] === 1
  }
}

/** In brackets, because integers beyond 2^53 are told by what stands before them. Throws `MalformedPayload`. */
function parse(bytes: Buffer, start: number, end: number): unknown {
  const [value] = parseJsonText(`[${bytes.toString('utf8', start, end)}]`) as unknown[]
  return value
}
