/**
 * Where the lists of records lie in a large JSON value, as its bytes pass by: Jaeger's `spans`, OTLP's `scopeSpans` and their
 * `spans`, and the like. Of what lies in a list only places are kept about a MiB apart, so the outline of any value is small.
 */

import { Byte, isPlain } from '../wire/json-bytes.ts'

/** Lists whose elements are records, and those whose elements hold such lists. */
const recordLists: ReadonlySet<string> = new Set(['spans', 'logRecords', 'metrics'])
const outerLists: ReadonlySet<string> = new Set([
  'resourceSpans',
  'resourceLogs',
  'resourceMetrics',
  'scopeSpans',
  'scopeLogs',
  'scopeMetrics',
  'instrumentationLibrarySpans',
  'instrumentationLibraryLogs',
  'instrumentationLibraryMetrics',
])
const maxKeyBytes = 32
/** No format has lists in lists in lists any deeper. */
const maxOpen = 4

/** Part of a value: itself an object with lists, or, without any, whatever stands between two places of a list. */
export interface Outline {
  readonly start: number
  readonly end: number
  /** The line it begins in. */
  readonly line: number
  readonly lists: readonly OutlinedList[]
}

/** Without its brackets. */
export interface OutlinedList {
  readonly start: number
  readonly end: number
  readonly items: readonly Outline[]
}

interface OpenList {
  readonly start: number
  /** Within it. */
  readonly depth: number
  readonly holdsRecords: boolean
  readonly items: Outline[]
  /** Where the next stretch begins, the line of its first element, and where its last one ended. */
  from: number
  fromLine: number
  lastEnd: number
  /** The line of the element that was met last. */
  elementLine: number
}

interface OpenValue {
  readonly start: number
  readonly line: number
  /** Within it. */
  readonly depth: number
  readonly lists: OutlinedList[]
  list: OpenList | undefined
}

export class JsonOutline {
  readonly #stretchBytes: number
  readonly #open: OpenValue[] = []
  #whole: Outline | undefined
  #length = 0
  #line: number
  #depth = 0
  #inString = false
  #escaped = false
  /** The beginning of the string that was read last where keys are. */
  #key = ''
  #isKey = false

  /** `line` is the one the value begins in. Elements that stand together are one stretch up to `stretchBytes`. */
  constructor(line: number, stretchBytes: number) {
    this.#line = line
    this.#stretchBytes = stretchBytes
  }

  /** Of what has passed. */
  get length(): number {
    return this.#length
  }

  /** Whether a list was found so far. */
  get hasLists(): boolean {
    const { list, lists = [] } = this.#open[0] ?? { list: undefined, lists: this.#whole?.lists }
    return list !== undefined || lists.length > 0
  }

  /** When all of the value has passed. */
  get whole(): Outline | undefined {
    return this.#whole
  }

  /** Almost all bytes end at the first line of the loop, so nothing but locals is touched there. */
  push(chunk: Buffer): void {
    const { length } = chunk
    let inString = this.#inString
    let index = this.#escaped ? 1 : 0
    let keyStart = 0
    this.#escaped = false
    for (; index < length; index++) {
      const byte = chunk[index] as number
      if (isPlain[byte] === 1) continue
      if (byte === Byte.newline) this.#line++
      else if (inString) {
        if (byte === Byte.backslash) this.#escaped = ++index === length
        else if (byte === Byte.quote) {
          inString = false
          if (this.#isKey) this.#addToKey(chunk, keyStart, index)
        }
      } else if (byte === Byte.quote) {
        inString = true
        this.#key = ''
        this.#isKey = this.#depth === this.#watchedDepth && this.#open.at(-1)?.list === undefined
        keyStart = index + 1
      } else if (byte === Byte.openArray || byte === Byte.openObject) {
        if (this.#depth <= this.#watchedDepth) this.#opened(byte, this.#length + index)
        this.#depth++
      } else if (--this.#depth <= this.#watchedDepth) this.#closed(this.#length + index)
    }
    this.#inString = inString
    if (inString && this.#isKey) this.#addToKey(chunk, keyStart, length)
    this.#length += length
  }

  /** Brackets that open or close further inside say nothing. */
  get #watchedDepth(): number {
    const top = this.#open.at(-1)
    return top?.list?.depth ?? top?.depth ?? 0
  }

  #addToKey(chunk: Buffer, start: number, end: number): void {
    this.#key += chunk.toString('latin1', start, Math.min(end, start + maxKeyBytes))
  }

  #opened(byte: number, at: number): void {
    const top = this.#open.at(-1)
    if (top === undefined) {
      const root = this.#openValue(at)
      if (byte === Byte.openArray) root.list = this.#openList(at + 1, false)
    } else if (top.list === undefined) {
      const isList = byte === Byte.openArray && (recordLists.has(this.#key) || outerLists.has(this.#key))
      if (isList) top.list = this.#openList(at + 1, recordLists.has(this.#key))
    } else {
      const { list } = top
      list.elementLine = this.#line
      if (list.lastEnd === list.from) list.fromLine = this.#line
      if (byte === Byte.openObject && !list.holdsRecords && this.#open.length < maxOpen) this.#openValue(at)
    }
  }

  #openValue(start: number): OpenValue {
    const value = { start, line: this.#line, depth: this.#depth + 1, lists: [], list: undefined }
    this.#open.push(value)
    return value
  }

  #openList(start: number, holdsRecords: boolean): OpenList {
    return {
      start,
      depth: this.#depth + 1,
      holdsRecords,
      items: [],
      from: start,
      fromLine: this.#line,
      lastEnd: start,
      elementLine: this.#line,
    }
  }

  /** The depth is that outside of the bracket. */
  #closed(at: number): void {
    const top = this.#open.at(-1)
    if (top === undefined) return
    const { list } = top
    if (list === undefined) {
      if (this.#depth < top.depth) this.#closeValue(top, at + 1)
    } else if (this.#depth === list.depth) this.#closeElement(list, at + 1)
    else {
      this.#closeStretch(list, at)
      top.lists.push({ start: list.start, end: at, items: list.items })
      top.list = undefined
      // The value was an array itself.
      if (this.#depth < top.depth) this.#closeValue(top, at + 1)
    }
  }

  #closeValue({ start, line, lists }: OpenValue, end: number): void {
    this.#open.pop()
    const value: Outline = { start, end, line, lists }
    const list = this.#open.at(-1)?.list
    if (list === undefined) this.#whole = value
    else if (lists.length > 0 && end - start > this.#stretchBytes) {
      this.#closeStretch(list, start)
      list.items.push(value)
      list.from = end
      list.lastEnd = end
    } else this.#closeElement(list, end)
  }

  #closeElement(list: OpenList, end: number): void {
    if (end - list.from > this.#stretchBytes && list.lastEnd > list.from) {
      // A large one stands alone: what is before it may be read though it can't.
      this.#closeStretch(list, list.lastEnd)
      list.fromLine = list.elementLine
    }
    list.lastEnd = end
    if (end - list.from > this.#stretchBytes) this.#closeStretch(list, end)
  }

  /** What comes next begins another. */
  #closeStretch(list: OpenList, end: number): void {
    if (end > list.from) list.items.push({ start: list.from, end, line: list.fromLine, lists: [] })
    list.from = end
    list.lastEnd = end
  }
}
