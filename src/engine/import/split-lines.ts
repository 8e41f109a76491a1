/** Splits text into its lines, holding no more than one of them; one that is large is split as JSON. */

import type { ByteStream } from './byte-source.ts'
import { maxDocumentBytes, type Piece, recordTooLong, wholeBytes } from './document.ts'
import { JsonSplitter } from './split-json.ts'
import type { OpenSpool } from './spool.ts'

const newline = 0x0a
const carriageReturn = 0x0d

interface LinesOptions {
  /** The number of the first line. */
  readonly firstLine?: number
  /** Given for lines of JSON. */
  readonly openSpool?: OpenSpool
}

/** Lines without their ends; blank ones are left out. */
export async function* splitLines(
  source: ByteStream,
  { firstLine = 1, openSpool }: LinesOptions = {},
): AsyncGenerator<Piece[]> {
  let line = firstLine
  let parts: Buffer[] = []
  let length = 0
  let pieces: Piece[] = []
  let large: JsonSplitter | undefined
  function* keep(part: Buffer): Generator<Piece[]> {
    length += part.length
    if (length > wholeBytes && openSpool && !large) {
      yield* take()
      large = new JsonSplitter(openSpool, line)
      for (const kept of parts) yield* large.push(kept)
      parts = []
    }
    if (large) yield* large.push(part)
    else if (length <= maxDocumentBytes) parts.push(part)
    // Too long already: what was kept of it only takes memory.
    else parts = []
  }
  function* finish(): Generator<Piece[]> {
    if (large) {
      yield* large.end('line')
      large.close()
      large = undefined
    } else if (length > maxDocumentBytes) pieces.push({ line, reason: recordTooLong })
    else {
      const bytes = trimmed(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts))
      if (bytes.length > 0) pieces.push({ bytes, line })
    }
    parts = []
    length = 0
    line++
  }
  function* take(): Generator<Piece[]> {
    const taken = pieces
    pieces = []
    if (taken.length > 0) yield taken
  }
  try {
    for await (const chunk of source) {
      let start = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        yield* keep(chunk.subarray(start, end))
        yield* finish()
        start = end + 1
      }
      if (start < chunk.length) yield* keep(chunk.subarray(start))
      yield* take()
    }
    if (length > 0) yield* finish()
    yield* take()
  } finally {
    large?.close()
  }
}

function trimmed(line: Buffer): Buffer {
  let end = line.length
  while (end > 0 && (line[end - 1] === carriageReturn || line[end - 1] === 0x20 || line[end - 1] === 0x09)) end--
  return line.subarray(0, end)
}
