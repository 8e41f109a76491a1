/** Bytes as they arrive: looked at before they are read, and read by exact counts where a format says how long it is. */

export type ByteStream = AsyncIterable<Buffer>

export interface Peeked {
  /** The first bytes; fewer than asked for only when there are no more. */
  readonly head: Buffer
  /** Everything, the head included. Read it once. */
  readonly all: ByteStream
}

/** Reads until `isEnough` of what was read, or the end. */
export async function peek(source: ByteStream, isEnough: (head: Buffer) => boolean): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (!isEnough(head)) {
    const next = await iterator.next()
    if (next.done) return { head, all: chunks([head]) }
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, all: chunks([head], iterator) }
}

async function* chunks(first: readonly Buffer[], rest?: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (const chunk of first) if (chunk.length > 0) yield chunk
  while (rest) {
    const next = await rest.next()
    if (next.done) return
    yield next.value
  }
}

/** Takes bytes off a stream by count, and gives back what somebody took too much of. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Buffer>
  #pending: Buffer = Buffer.alloc(0)

  constructor(source: ByteStream) {
    this.#iterator = source[Symbol.asyncIterator]()
  }

  /** Exactly `count` bytes, or undefined when the stream ends before. */
  async take(count: number): Promise<Buffer | undefined> {
    if (this.#pending.length < count) await this.#gather(count)
    if (this.#pending.length < count) return undefined
    const taken = this.#pending.subarray(0, count)
    this.#pending = this.#pending.subarray(count)
    return taken
  }

  /** Joined once: joined chunk by chunk, a large message would be copied as often as it has chunks. */
  async #gather(count: number): Promise<void> {
    const parts = [this.#pending]
    for (let length = this.#pending.length; length < count; ) {
      const next = await this.#iterator.next()
      if (next.done) break
      parts.push(next.value)
      length += next.value.length
    }
    this.#pending = Buffer.concat(parts)
  }

  /** Whatever is at hand, at most `limit` bytes; undefined at the end. */
  async some(limit: number): Promise<Buffer | undefined> {
    if (this.#pending.length === 0) {
      const next = await this.#iterator.next()
      if (next.done) return undefined
      this.#pending = next.value
    }
    const taken = this.#pending.subarray(0, limit)
    this.#pending = this.#pending.subarray(taken.length)
    return taken
  }

  giveBack(bytes: Buffer): void {
    this.#pending = Buffer.concat([bytes, this.#pending])
  }
}
