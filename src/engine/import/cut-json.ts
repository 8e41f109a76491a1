/**
 * A JSON value too large to be parsed → documents that aren't: each has a few of its records, and around them everything that
 * stood around them. That is known only when the value has ended (Jaeger's `processes` and OTLP's `schemaUrl` may come last),
 * and a span can't be stored before its process is known. So the value goes to disk first, while its outline is made.
 */

import { isBetweenValues } from '../wire/json-bytes.ts'
import { maxDocumentBytes, type Piece, recordTooLong } from './document.ts'
import { JsonOutline, type Outline, type OutlinedList } from './json-outline.ts'
import type { OpenSpool, Spool } from './spool.ts'

/** Records of so many bytes are read at once. */
const documentBytes = 1024 * 1024
/** What stands around records is parsed again with each few of them. */
const maxAroundMiB = 16
const maxAroundBytes = maxAroundMiB * 1024 * 1024

const tooMuchAround = `more than ${maxAroundMiB} MiB stand around its records: more than is read with each of them`

type Around = readonly [before: Buffer, after: Buffer]

export class LargeJson {
  readonly #spool: Spool
  readonly #outline: JsonOutline
  readonly #line: number
  readonly #stretchBytes: number

  /** `line` is the one the value begins in. */
  constructor(openSpool: OpenSpool, line: number, stretchBytes = documentBytes) {
    this.#spool = openSpool()
    this.#outline = new JsonOutline(line, stretchBytes)
    this.#line = line
    this.#stretchBytes = stretchBytes
  }

  push(bytes: Buffer): void {
    if (this.#isHopeless) return
    this.#outline.push(bytes)
    this.#spool.write(bytes)
  }

  /** When all of it was pushed. */
  *documents(before: Buffer, after: Buffer): Generator<Piece> {
    const { whole } = this.#outline
    if (whole === undefined || this.#isHopeless) yield { line: this.#line, reason: recordTooLong }
    else yield* this.#documentsOf(whole, [before, after])
  }

  close(): void {
    this.#spool.close()
  }

  /** No list among more than could be read without: nobody's disk is filled with such. */
  get #isHopeless(): boolean {
    return this.#outline.length > maxDocumentBytes && !this.#outline.hasLists
  }

  *#documentsOf(value: Outline, [before, after]: Around): Generator<Piece> {
    const { start, end, line, lists } = value
    if (lists.length === 0) yield* this.#document(value, [before, after])
    const inLists = lists.reduce((sum, list) => sum + list.end - list.start, 0)
    const aroundBytes = before.length + end - start - inLists + after.length
    if (lists.length > 0 && aroundBytes > maxAroundBytes) {
      yield { line, reason: tooMuchAround }
      return
    }
    for (const list of lists) {
      const others = lists.filter((each) => each !== list)
      const around: Around = [
        Buffer.concat([before, ...this.#without(others, start, list.start)]),
        Buffer.concat([...this.#without(others, list.end, end), after]),
      ]
      const items = gathered(list.items, Math.max(this.#stretchBytes, aroundBytes))
      for (const item of items) yield* this.#documentsOf(item, around)
    }
  }

  *#document({ start, end, line }: Outline, [before, after]: Around): Generator<Piece> {
    if (end - start > maxDocumentBytes) {
      yield { line, reason: recordTooLong }
      return
    }
    const bytes = trimmed(this.#spool.read(start, end))
    if (bytes.length > 0) yield { line, bytes: Buffer.concat([before, bytes, after]) }
  }

  /** What lies between two places, of `lists` nothing but the brackets. */
  #without(lists: readonly OutlinedList[], start: number, end: number): Buffer[] {
    const inside = lists.filter((list) => list.start >= start && list.end <= end)
    const starts = [start, ...inside.map((list) => list.end)]
    return starts.map((from, index) => this.#spool.read(from, inside[index]?.start ?? end))
  }
}

/** Stretches beside each other as one, up to about `bytes`. */
function* gathered(items: readonly Outline[], bytes: number): Generator<Outline> {
  let last: Outline | undefined
  for (const item of items) {
    if (last?.lists.length === 0 && item.lists.length === 0 && item.end - last.start <= bytes) {
      last = { ...last, end: item.end }
      continue
    }
    if (last) yield last
    last = item
  }
  if (last) yield last
}

/** Without the commas between a stretch and its neighbours. */
function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length]
  while (start < end && isBetweenValues(bytes[start])) start++
  while (end > start && isBetweenValues(bytes[end - 1])) end--
  return bytes.subarray(start, end)
}
