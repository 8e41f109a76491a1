/** Lines that wait to be read: as many as memory may hold, the rest is counted and let go, so that no program waits. */

import type { LogLineOrigin } from '../wire/log-line-batch.ts'
import { LogLines } from '../wire/log-lines.ts'

/** With what JavaScript needs to hold it. */
const maxWaitingBytes = 32 * 1024 * 1024
const lineOverheadBytes = 80
/** A record waits no longer than this for lines that may belong to it. */
const quietMs = 250
/** Longest the program's own output waits while lines are read. */
const sliceMs = 5
/** Gone ones are cut off the list when there are so many. */
const maxGone = 4_096

interface Waiting {
  readonly reader: LogLines
  readonly line: string
  readonly observedUnixNano: bigint
}

export interface Taken {
  readonly resourceLogs: readonly { readonly [key: string]: unknown }[]
  /** How many lines these are. */
  readonly lines: number
  /** Of the lines, about. */
  readonly bytes: number
}

export class LineBacklog {
  readonly #readers: LogLines[] = []
  readonly #waiting: Waiting[] = []
  #gone = 0
  #waitingBytes = 0
  #lastLineMs = 0
  /** Read, but not in a record yet. */
  #openLines = 0
  #read = 0
  #lost = 0

  /** A place lines come from; each is one line of text. `nowUnixNano` is when a line was read. */
  source(origin: LogLineOrigin, nowUnixNano: () => bigint): (line: string) => void {
    const reader = new LogLines(origin)
    this.#readers.push(reader)
    return (line) => {
      this.#read++
      this.#lastLineMs = performance.now()
      const bytes = bytesOf(line)
      if (this.#waitingBytes + bytes > maxWaitingBytes) {
        this.#lost++
        return
      }
      this.#waitingBytes += bytes
      this.#waiting.push({ reader, line, observedUnixNano: nowUnixNano() })
    }
  }

  get read(): number {
    return this.#read
  }

  /** Lines that found no room. */
  get lost(): number {
    return this.#lost
  }

  /** More may find no room: whoever can wait should. */
  get isFull(): boolean {
    return this.#waitingBytes > maxWaitingBytes / 2
  }

  get isEmpty(): boolean {
    return this.#waiting.length === this.#gone
  }

  /** Lines that are in no record yet. */
  get left(): number {
    return this.#waiting.length - this.#gone + this.#openLines
  }

  /** Makes records of at most `maxBytes` of lines, for a few milliseconds. `isLast`: no more lines will come. */
  take(maxBytes: number, isLast: boolean): Taken {
    const deadline = performance.now() + sliceMs
    let bytes = 0
    while (this.#gone < this.#waiting.length && bytes < maxBytes) {
      const { reader, line, observedUnixNano } = this.#waiting[this.#gone++] as Waiting
      bytes += bytesOf(line)
      reader.add(line, observedUnixNano)
      this.#openLines++
      if (performance.now() > deadline) break
    }
    this.#waitingBytes -= bytes
    if (this.#gone === this.#waiting.length) {
      this.#waiting.length = 0
      this.#gone = 0
      if (isLast || performance.now() - this.#lastLineMs > quietMs) for (const reader of this.#readers) reader.end()
    } else if (this.#gone > maxGone) {
      this.#waiting.splice(0, this.#gone)
      this.#gone = 0
    }
    return this.#taken(bytes)
  }

  #taken(bytes: number): Taken {
    const resourceLogs = this.#readers.flatMap((reader) => reader.take())
    const stillOpen = this.#readers.reduce((sum, { openLines }) => sum + openLines, 0)
    const lines = this.#openLines - stillOpen
    this.#openLines = stillOpen
    return { resourceLogs, lines, bytes }
  }
}

function bytesOf(line: string): number {
  return line.length * 2 + lineOverheadBytes
}
