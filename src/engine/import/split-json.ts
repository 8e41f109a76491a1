/**
 * Splits a stream of JSON into values small enough to be parsed: those that stand one after the other, the elements of an
 * array, and the elements of the one list that makes an export large (Jaeger's `data`, OTLP's `resourceSpans`, …), each
 * wrapped as if it were the only one. Brackets and strings alone are looked at; whether a value is JSON says the parser. One
 * that is large is cut further (`cut-json.ts`).
 */

import { Byte, isBetweenValues, isPlain } from '../wire/json-bytes.ts'
import type { ByteStream } from './byte-source.ts'
import { LargeJson } from './cut-json.ts'
import { type Piece, wholeBytes } from './document.ts'
import type { OpenSpool } from './spool.ts'

const streamedLists = new Set(['data', 'batches', 'resourceSpans', 'resourceLogs', 'resourceMetrics'])
/** Tempo's answer has its list one level down. */
const wrapper = 'trace'
const maxKeyBytes = 32
const nothing = Buffer.alloc(0)

/** What is passed over between values, until its end. */
type Passing = 'line' | 'slash' | 'comment' | 'comment-star' | 'scalar'

export async function* splitJson(source: ByteStream, openSpool: OpenSpool): AsyncGenerator<Piece[]> {
  const splitter = new JsonSplitter(openSpool)
  try {
    for await (const chunk of source) yield* splitter.push(chunk)
    yield* splitter.end()
  } finally {
    splitter.close()
  }
}

export class JsonSplitter {
  readonly #openSpool: OpenSpool
  #pieces: Piece[] = []
  #line: number
  #depth = 0
  #inString = false
  #escaped = false
  #passing: Passing | undefined
  /** `around`: in an object that holds a streamed list, whose other members are passed over. */
  #place: 'between' | 'value' | 'around' = 'between'
  /** Depth around the value that is captured, and the line it began in. */
  #valueDepth = 0
  #valueLine = 1
  #parts: Buffer[] = []
  #length = 0
  /** The value, once it is too large to be kept here. */
  #large: LargeJson | undefined
  /** Key of the list whose elements are values; '' for an array of its own, undefined outside of any. */
  #list: string | undefined
  /** Depth at which keys may name a list: 1, and 2 within the wrapper. */
  #keyDepth = 1
  #keyBytes: number[] = []
  #key = ''

  constructor(openSpool: OpenSpool, line = 1) {
    this.#openSpool = openSpool
    this.#line = line
  }

  *push(chunk: Buffer): Generator<Piece[]> {
    // Where the part of the chunk begins that belongs to the value.
    let start = 0
    for (let index = 0; index < chunk.length; index++) {
      if (this.#place === 'value' && this.#depth > this.#skimDepth() && !this.#escaped) index = this.#skim(chunk, index)
      if (index === chunk.length) break
      const byte = chunk[index] as number
      if (byte === Byte.newline) this.#line++
      if (this.#inString) this.#string(byte)
      else if (this.#place === 'between') {
        if (this.#passing !== undefined) this.#pass(byte)
        else if (!isBetweenValues(byte)) {
          this.#meet(byte)
          start = index
        }
      } else if (byte === Byte.quote) {
        this.#inString = true
        this.#keyBytes = []
      } else if (byte === Byte.openArray || byte === Byte.openObject) this.#open(byte)
      else if (byte === Byte.closeArray || byte === Byte.closeObject) {
        const large = this.#close(chunk, start, index + 1)
        if (large) yield* this.#cut(large)
      }
    }
    if (this.#place === 'value') this.#keep(chunk.subarray(start))
    yield* this.#take()
  }

  /** `what` has ended. */
  *end(what: 'file' | 'line' = 'file'): Generator<Piece[]> {
    if (this.#place === 'value') this.#refuse(`the ${what} ends in the middle of it`, this.#valueLine)
    else if (this.#place === 'around' || this.#list !== undefined)
      this.#refuse(`the ${what} ends in the middle of a list`)
    yield* this.#take()
  }

  close(): void {
    this.#large?.close()
  }

  *#take(): Generator<Piece[]> {
    const pieces = this.#pieces
    this.#pieces = []
    if (pieces.length > 0) yield pieces
  }

  /** Few pieces are in memory at once: the next are made when these were read. */
  *#cut(large: LargeJson): Generator<Piece[]> {
    yield* this.#take()
    for (const piece of large.documents(...this.#around())) yield [piece]
    this.#forget()
  }

  #refuse(reason: string, line = this.#line): void {
    this.#pieces.push({ line, reason })
  }

  /** Below this only brackets count. */
  #skimDepth(): number {
    return this.#list === undefined ? this.#keyDepth : this.#valueDepth
  }

  /** Almost all bytes are read here, so nothing but locals is touched. Ends before the bracket that closes what may be skimmed. */
  #skim(chunk: Buffer, from: number): number {
    const { length } = chunk
    const end = this.#skimDepth() + 1
    let depth = this.#depth
    let line = this.#line
    let inString = this.#inString
    let index = from
    for (; index < length; index++) {
      const byte = chunk[index] as number
      if (isPlain[byte] === 1) continue
      if (byte === Byte.newline) line++
      else if (inString) {
        if (byte === Byte.quote) inString = false
        else if (byte === Byte.backslash) {
          index++
          if (index === length) this.#escaped = true
          else if (chunk[index] === Byte.newline) line++
        }
      } else if (byte === Byte.quote) inString = true
      else if (byte === Byte.openArray || byte === Byte.openObject) depth++
      else if (depth === end) break
      else depth--
    }
    this.#depth = depth
    this.#line = line
    this.#inString = inString
    return Math.min(index, length)
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === Byte.backslash) this.#escaped = true
    else if (byte === Byte.quote) {
      this.#inString = false
      if (this.#readsKeys()) this.#key = String.fromCharCode(...this.#keyBytes)
      return
    }
    if (this.#readsKeys() && this.#keyBytes.length < maxKeyBytes) this.#keyBytes.push(byte)
  }

  /** Whether a string may be the key of a list. */
  #readsKeys(): boolean {
    return this.#depth === this.#keyDepth && this.#list === undefined
  }

  /** Something that isn't blank, between values. */
  #meet(byte: number): void {
    if (byte === Byte.openObject || (byte === Byte.openArray && this.#list !== undefined)) {
      this.#place = 'value'
      this.#valueDepth = this.#depth++
      this.#valueLine = this.#line
      this.#key = ''
    } else if (byte === Byte.openArray) {
      this.#depth++
      this.#list = ''
    } else if (byte === Byte.closeArray && this.#list !== undefined) this.#closeList()
    else if (byte === Byte.slash) this.#passing = 'slash'
    else if (byte === Byte.hash) this.#passing = 'line'
    else this.#lost(byte)
  }

  #closeList(): void {
    this.#depth--
    this.#place = this.#list === '' ? 'between' : 'around'
    this.#list = undefined
    this.#key = ''
  }

  /** Something that can't stand here: a list goes on with its next element, the file at its next line. */
  #lost(byte: number): void {
    this.#refuse(this.#list === undefined ? 'not JSON' : 'an element that is neither an object nor an array')
    if (byte === Byte.quote) this.#inString = true
    this.#passing = this.#list === undefined ? 'line' : 'scalar'
  }

  #pass(byte: number): void {
    switch (this.#passing) {
      case 'line':
        if (byte === Byte.newline) this.#passing = undefined
        return
      case 'slash':
        if (byte === Byte.star) this.#passing = 'comment'
        else {
          if (byte !== Byte.slash) this.#refuse('not JSON')
          this.#passing = 'line'
        }
        return
      case 'scalar':
        if (byte === Byte.comma) this.#passing = undefined
        else if (byte === Byte.closeArray) {
          this.#passing = undefined
          this.#closeList()
        }
        return
      default:
        if (byte === Byte.slash && this.#passing === 'comment-star') this.#passing = undefined
        else this.#passing = byte === Byte.star ? 'comment-star' : 'comment'
    }
  }

  #open(byte: number): void {
    if (this.#readsKeys()) {
      if (byte === Byte.openArray && streamedLists.has(this.#key)) {
        // What was kept is the beginning of the object around.
        this.#forget()
        this.#place = 'between'
        this.#list = this.#key
      } else if (byte === Byte.openObject && this.#keyDepth === 1 && this.#key === wrapper) {
        this.#keyDepth = 2
        this.#key = ''
      }
    }
    this.#depth++
  }

  /** Answers a large value that ends here. */
  #close(chunk: Buffer, start: number, end: number): LargeJson | undefined {
    this.#depth--
    if (this.#depth < this.#keyDepth && this.#depth > 0) this.#keyDepth = 1
    if (this.#place === 'around') {
      if (this.#depth === 0) this.#place = 'between'
      return undefined
    }
    if (this.#depth !== this.#valueDepth) return undefined
    this.#keep(chunk.subarray(start, end))
    this.#place = 'between'
    if (this.#large === undefined) this.#finish()
    return this.#large
  }

  #keep(part: Buffer): void {
    this.#length += part.length
    if (this.#large === undefined && this.#length > wholeBytes) {
      this.#large = new LargeJson(this.#openSpool, this.#valueLine)
      for (const kept of this.#parts) this.#large.push(kept)
      this.#parts = []
    }
    if (this.#large) this.#large.push(part)
    else this.#parts.push(part)
  }

  #finish(): void {
    const [before, after] = this.#around()
    const parts = before.length === 0 ? this.#parts : [before, ...this.#parts, after]
    this.#pieces.push({
      bytes: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts),
      line: this.#valueLine,
    })
    this.#forget()
  }

  /** What makes an element of a list a document. */
  #around(): readonly [before: Buffer, after: Buffer] {
    return this.#list ? [Buffer.from(`{"${this.#list}":[`), Buffer.from(']}')] : [nothing, nothing]
  }

  #forget(): void {
    this.#large?.close()
    this.#large = undefined
    this.#parts = []
    this.#length = 0
  }
}
