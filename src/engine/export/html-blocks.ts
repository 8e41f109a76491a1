/** Blocks of an HTML file: what is given, as gzip in base64, in an element that nothing runs. */

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type BlockName, blockElementId, blockType } from '#shared/contract/html-export.ts'

/** Base64 turns three bytes into four letters: what is left over waits for the next piece. */
const groupBytes = 3

export async function* htmlBlock(
  name: BlockName,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<string> {
  yield `<script type="${blockType}" id="${blockElementId(name)}">`
  const gzip = createGzip({ level: 9 })
  const pumped = pipeline(Readable.from(parts, { objectMode: true }), gzip)
  // What goes wrong in it comes out of the loop below as well.
  pumped.catch(() => undefined)
  let rest = Buffer.alloc(0)
  for await (const chunk of gzip as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % groupBytes)
    rest = bytes.subarray(whole)
    yield bytes.toString('base64', 0, whole)
  }
  await pumped
  yield `${rest.toString('base64')}</script>\n`
}
