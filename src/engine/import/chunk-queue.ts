/** Chunks of files between who sends and who reads them: few enough wait that memory stays flat. */

import type { ByteStream } from './byte-source.ts'

/** A sender is answered while less than this waits. */
const roomBytes = 2 * 1024 * 1024

interface Chunk {
  /** Where a file begins, its name. */
  readonly file: string | undefined
  readonly bytes: Buffer
}

export interface QueuedFile {
  /** Null for what was sent without a name. */
  readonly file: string | null
  readonly bytes: ByteStream
}

export class ChunkQueue {
  readonly #chunks: Chunk[] = []
  readonly #onIdle: () => Promise<void>
  #bytes = 0
  #ended = false
  #failure: Error | undefined
  #broken: Error | undefined
  #waitingSenders: (() => void)[] = []
  #wakeReader: () => void = () => undefined
  /** Given to the reader so far. */
  takenBytes = 0

  /** `onIdle` runs when the reader wants more than there is: what was read already may be put to use. */
  constructor(onIdle: () => Promise<void>) {
    this.#onIdle = onIdle
  }

  /** Resolves when there is room for more. */
  async push(bytes: Buffer, file?: string): Promise<void> {
    if (this.#ended) return
    if (bytes.length > 0 || file !== undefined) this.#chunks.push({ file, bytes })
    this.#bytes += bytes.length
    this.#wakeReader()
    while (this.#bytes > roomBytes && !this.#ended) {
      await new Promise<void>((resolve) => this.#waitingSenders.push(resolve))
    }
  }

  /** No more will come; with `failure` the reader throws it at once. */
  end(failure?: Error): void {
    this.#ended = true
    this.#failure ??= failure
    this.#wakeReader()
    this.#releaseSenders()
  }

  /** No more can come: the reader throws `failure` when it has read what is there. */
  breakOff(failure: Error): void {
    this.#broken ??= failure
    this.end()
  }

  /** For whoever is busy with what was read already: throws what `end` was given. */
  throwIfStopped(): void {
    if (this.#failure) throw this.#failure
  }

  /** One file after the other; what is left unread of one is passed over. */
  async *files(): AsyncGenerator<QueuedFile> {
    for (;;) {
      const first = await this.#next()
      if (!first) return
      const bytes = this.#rest(first)
      yield { file: first.file ?? null, bytes }
      for await (const _unread of bytes);
    }
  }

  async *#rest(first: Chunk): AsyncGenerator<Buffer> {
    for (let chunk: Chunk | undefined = first; chunk; chunk = await this.#next(true)) {
      if (chunk.bytes.length > 0) yield chunk.bytes
    }
  }

  /** The next chunk; undefined at the end, and where another file begins if `sameFile` is asked for. */
  async #next(sameFile = false): Promise<Chunk | undefined> {
    for (;;) {
      this.throwIfStopped()
      const [chunk] = this.#chunks
      if (chunk && sameFile && chunk.file !== undefined) return undefined
      if (chunk) {
        this.#chunks.shift()
        this.#bytes -= chunk.bytes.length
        this.takenBytes += chunk.bytes.length
        if (this.#bytes <= roomBytes) this.#releaseSenders()
        return chunk
      }
      if (this.#ended && this.#broken && !sameFile) throw this.#broken
      if (this.#ended) return undefined
      await this.#onIdle()
      if (this.#chunks.length > 0 || this.#ended) continue
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve
      })
    }
  }

  #releaseSenders(): void {
    for (const resolve of this.#waitingSenders.splice(0)) resolve()
  }
}
