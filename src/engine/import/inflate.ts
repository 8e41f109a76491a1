/** Runs bytes through one of zlib's decompressors in bounded memory, and keeps what came out before it broke. */

import type { Transform } from 'node:stream'
import { createGunzip, createInflateRaw, createZstdDecompress, type Gunzip } from 'node:zlib'
import { type UnpackingLimit, UnreadablePart } from './broken-import.ts'
import type { ByteReader, ByteStream } from './byte-source.ts'

type Decompressor = Pick<Gunzip, 'bytesWritten'> & Transform

const sliceBytes = 64 * 1024

export function gunzip(source: ByteStream, limit: UnpackingLimit): ByteStream {
  return inflated(createGunzip(), slices(source), limit, 'gzip')
}

export function unzstd(source: ByteStream, limit: UnpackingLimit): ByteStream {
  return inflated(createZstdDecompress(), slices(source), limit, 'zstd')
}

/** One deflated entry of a zip, whose length may be known only by its end: what was taken too much is given back. */
export async function* inflateEntry(reader: ByteReader, limit: UnpackingLimit): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw()
  let given = 0
  let last: Buffer = Buffer.alloc(0)
  async function* feed(): AsyncGenerator<Buffer> {
    for (;;) {
      const slice = await reader.some(sliceBytes)
      if (!slice) return
      given += slice.length
      last = slice
      yield slice
    }
  }
  yield* inflated(inflate, feed(), limit, 'zip')
  const unused = given - inflate.bytesWritten
  if (unused > 0) reader.giveBack(last.subarray(last.length - unused))
}

async function* slices(source: ByteStream): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += sliceBytes) yield chunk.subarray(start, start + sliceBytes)
  }
}

async function* inflated(
  inflate: Decompressor,
  source: AsyncGenerator<Buffer>,
  limit: UnpackingLimit,
  kind: string,
): AsyncGenerator<Buffer> {
  let failure: Error | undefined
  let wake: () => void = () => undefined
  const turn = (): Promise<void> => new Promise((resolve) => (wake = resolve))
  for (const event of ['readable', 'end', 'close', 'error']) inflate.on(event, () => wake())
  inflate.on('error', (error: Error) => (failure = error))
  const feeding = feed(inflate, source).catch((error: unknown) => {
    failure = error instanceof Error ? error : new Error(String(error))
    wake()
  })
  try {
    for (;;) {
      const waiting = turn()
      // Not by iterating: after an error a stream's iterator drops what it still holds.
      const chunk = inflate.read() as Buffer | null
      if (chunk !== null) {
        limit.count(chunk.length)
        yield chunk
      } else if (failure !== undefined) throw new UnreadablePart(`the ${kind} data is broken: ${failure.message}`)
      else if (inflate.readableEnded) return
      else await waiting
    }
  } finally {
    inflate.destroy()
    await feeding
  }
}

/** One slice after the other: the next is asked for when the last was used, so that nothing is taken that isn't needed. */
async function feed(inflate: Decompressor, source: AsyncGenerator<Buffer>): Promise<void> {
  let isOver = false
  const over = new Promise<void>((resolve) => {
    const end = (): void => {
      isOver = true
      resolve()
    }
    inflate.once('end', end).once('close', end)
  })
  let given = 0
  for await (const slice of source) {
    given += slice.length
    await Promise.race([new Promise<void>((resolve) => inflate.write(slice, () => resolve())), over])
    // It took less than it was given: its data ended within.
    if (isOver || inflate.bytesWritten < given) return
  }
  inflate.end()
}
