/** Cuts chunks of bytes into lines of text, holding no more of an endless one than can be stored. */

const newline = 0x0a
const carriageReturn = 0x0d

/** What is kept of one line; the rest is only passed on. */
export const maxLineBytes = 1024 * 1024

export class LineSplitter {
  readonly #onLine: (line: string) => void
  #parts: Buffer[] = []
  #bytes = 0

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end))
      this.end()
      start = end + 1
    }
    this.#keep(chunk.subarray(start))
  }

  /** Whether a line began that has no end yet. */
  get isMidLine(): boolean {
    return this.#bytes > 0
  }

  /** The line so far is all of it. */
  end(): void {
    const line = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    const length = line.at(-1) === carriageReturn ? line.length - 1 : line.length
    // What isn't UTF-8 becomes U+FFFD: half a line is better than none.
    this.#onLine(line.toString('utf8', 0, length))
  }

  #keep(part: Buffer): void {
    const room = maxLineBytes - this.#bytes
    if (part.length === 0 || room <= 0) return
    // A copy of a part: the chunk it is a window of could be much larger.
    this.#parts.push(part.length > room ? part.subarray(0, room) : part)
    this.#bytes += Math.min(part.length, room)
  }
}
