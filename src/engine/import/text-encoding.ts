/** Text as UTF-8 without a byte-order mark, whichever Unicode encoding it came in. */

import type { ByteStream, Peeked } from './byte-source.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

export interface Encoded {
  readonly encoding: TextEncoding
  readonly markBytes: number
}

/** By its mark, or by the zero bytes that JSON in UTF-16 begins with. */
export function encodingOf(head: Buffer): Encoded {
  const [first, second, third] = head
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  if (isOpening(first) && second === 0) return { encoding: 'utf-16le', markBytes: 0 }
  if (first === 0 && isOpening(second)) return { encoding: 'utf-16be', markBytes: 0 }
  return { encoding: 'utf-8', markBytes: 0 }
}

function isOpening(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x22
}

export async function* asUtf8({ all }: Peeked, { encoding, markBytes }: Encoded): ByteStream & AsyncGenerator<Buffer> {
  let skip = markBytes
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding, { ignoreBOM: true })
  for await (const chunk of all) {
    const rest = skip > 0 ? chunk.subarray(skip) : chunk
    skip = Math.max(0, skip - chunk.length)
    if (rest.length > 0) yield decoder ? Buffer.from(decoder.decode(rest, { stream: true })) : rest
  }
  const tail = decoder?.decode() ?? ''
  if (tail !== '') yield Buffer.from(tail)
}
