/** Splits text into its lines, holding no more than one of them. */

import type { ByteStream } from './byte-source.ts'
import { maxDocumentBytes, type Piece, tooLong } from './document.ts'

const newline = 0x0a
const carriageReturn = 0x0d

/** Lines without their ends, the first of which is `firstLine`; blank ones are left out. */
export async function* splitLines(source: ByteStream, firstLine = 1): AsyncGenerator<Piece[]> {
  let line = firstLine
  let parts: Buffer[] = []
  let length = 0
  let pieces: Piece[] = []
  const keep = (part: Buffer): void => {
    length += part.length
    if (length <= maxDocumentBytes) parts.push(part)
    // Too long already: what was kept of it only takes memory.
    else parts = []
  }
  const finish = (): void => {
    if (length > maxDocumentBytes) pieces.push({ line, reason: tooLong })
    else {
      const bytes = trimmed(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts))
      if (bytes.length > 0) pieces.push({ bytes, line })
    }
    parts = []
    length = 0
    line++
  }
  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end))
      finish()
      start = end + 1
    }
    if (start < chunk.length) keep(chunk.subarray(start))
    if (pieces.length > 0) {
      yield pieces
      pieces = []
    }
  }
  if (length > 0) finish()
  if (pieces.length > 0) yield pieces
}

function trimmed(line: Buffer): Buffer {
  let end = line.length
  while (end > 0 && (line[end - 1] === carriageReturn || line[end - 1] === 0x20 || line[end - 1] === 0x09)) end--
  return line.subarray(0, end)
}
