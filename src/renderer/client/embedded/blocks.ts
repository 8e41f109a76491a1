/** The blocks of an exported file: base64 in the page, gzip in that. */

import type { BlockName } from '#shared/contract/html-export.ts'
import { fromBase64 } from '#shared/model/jsonb.ts'

/** The text of a block's element; undefined when the file has no such block. */
export type BlockSource = (name: BlockName) => string | undefined

/** Throws when the block is missing or damaged. */
export async function readBlock(source: BlockSource, name: BlockName): Promise<ArrayBuffer> {
  const text = source(name)
  if (text === undefined) throw new Error(`This file has lost a part of itself: ${name}. Ask for it again.`)
  const packed = new Blob([fromBase64(text) as Uint8Array<ArrayBuffer>])
  return new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}

export async function readTextBlock(source: BlockSource, name: BlockName): Promise<string> {
  return new TextDecoder().decode(await readBlock(source, name))
}

/** Lines as tag and JSON text. */
export function* linesOf(text: string): Generator<readonly [tag: string, json: string]> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const tab = text.indexOf('\t', start)
    if (tab >= 0 && tab < end) yield [text.slice(start, tab), text.slice(tab + 1, end)]
    start = end + 1
  }
}
