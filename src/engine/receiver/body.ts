/** Reads a request body: inflated in a stream, stopped at the limit, so that a bomb costs no more than an honest body. */

import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { ownedCopy } from './receiver.ts'

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
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

/** Never rejects. After anything but `read` the connection should be closed: the rest of the body is unread. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return collect(request, maxBytes, request)
  const inflate = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined
  if (!inflate) return { kind: 'unknown-encoding', encoding }
  const inflated = inflate()
  request.on('error', () => inflated.destroy())
  request.on('aborted', () => inflated.destroy())
  return collect(request.pipe(inflated) as unknown as Readable, maxBytes, request)
}

async function collect(source: Readable, maxBytes: number, request: IncomingMessage): Promise<Body> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of source as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > maxBytes) return { kind: 'too-large' }
      parts.push(part)
    }
  } catch (error) {
    if (request.destroyed && !request.complete) return { kind: 'aborted' }
    return { kind: 'corrupt', message: error instanceof Error ? error.message : String(error) }
  }
  return request.complete || source === request
    ? { kind: 'read', bytes: ownedCopy(parts, length) }
    : { kind: 'aborted' }
}
