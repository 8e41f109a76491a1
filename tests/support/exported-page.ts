/** An exported HTML file, taken apart: its blocks as its own page reads them, and what is left of it without them. */

import { type EmbeddedFile, openEmbeddedFile } from '../../src/renderer/client/embedded/embedded-file.ts'
import { blockElementId, blockType } from '../../src/shared/contract/html-export.ts'

const element = new RegExp(`<script type="${blockType}" id="([^"]*)">([^<]*)</script>\n`, 'g')

export function openExportedPage(html: string): Promise<EmbeddedFile> {
  const blocks = new Map([...html.matchAll(element)].map(([, id, text]): [string, string] => [id ?? '', text ?? '']))
  return openEmbeddedFile((name) => blocks.get(blockElementId(name)))
}

/** The page without its data and the nonce, the same whatever was exported. */
export function pageWithoutData(html: string): string {
  const nonce = /property="csp-nonce" nonce="([^"]*)"/.exec(html)?.[1] ?? 'none'
  return html.replaceAll(element, (block, id: string) => (/-(css|js)$/.test(id) ? block : '')).replaceAll(nonce, '')
}
