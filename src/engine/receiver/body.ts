/** Reads a request body: inflated in a stream, stopped at the limit, so that a bomb costs no more than an honest body. */

import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { ownedCopy, type Room } from './receiver.ts'

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
  /** Too many bodies are being received at once. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'unknown-encoding'; readonly encoding: string }
  | { readonly kind: 'corrupt'; readonly message: string }
  /** The sender hung up. */
  | { readonly kind: 'aborted' }

const inflaters: Readonly<Record<string, () => NodeJS.ReadWriteStream & { destroy(error?: Error): void }>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  zstd: createZstdDecompress,
}

/** How long a refused sender may go on sending before the connection is cut. */
const lingerMs = 2_000

/** Never rejects. After anything but `read` the rest of the body is unread: see `discardRest`. */
export async function readBody(request: IncomingMessage, maxBytes: number, room: Room): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return collect(request, { maxBytes, room, request })
  const inflate = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined
  if (!inflate) return { kind: 'unknown-encoding', encoding }
  const inflated = inflate()
  request.on('error', () => inflated.destroy())
  request.on('aborted', () => inflated.destroy())
  return collect(request.pipe(inflated) as unknown as Readable, { maxBytes, room, request })
}

interface Collecting {
  readonly maxBytes: number
  readonly room: Room
  readonly request: IncomingMessage
}

async function collect(source: Readable, { maxBytes, room, request }: Collecting): Promise<Body> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    // Destroying the source would cut the connection, and the answer with it.
    const untouched = source.iterator({ destroyOnReturn: source !== request })
    for await (const part of untouched as AsyncIterable<Uint8Array>) {
      if (length + part.length > maxBytes) return { kind: 'too-large' }
      if (!room.reserve(part.length)) return { kind: 'no-room' }
      length += part.length
      parts.push(part)
    }
  } catch (error) {
    if (request.destroyed && !request.complete) return { kind: 'aborted' }
    return { kind: 'corrupt', message: error instanceof Error ? error.message : String(error) }
  } finally {
    room.release(length)
  }
  return request.complete || source === request
    ? { kind: 'read', bytes: ownedCopy(parts, length) }
    : { kind: 'aborted' }
}

/**
 * Reads on without keeping anything, until the sender is done or has had time to see the answer: closing a connection
 * with unread bytes resets it, and the sender would never learn why it was refused.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.readableEnded || request.destroyed) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, lingerMs)
    request.once('end', done).once('close', done).resume()
  })
}
