/** The page that exported files are made of, as the build wrote it: what stands before the data, and what after. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { SpanlightError } from '#shared/contract/errors.ts'

/** Seen from the source and from the bundle, both of which lie in the package. */
const path = import.meta.url.endsWith('.ts') ? '../../../out/html-export/page.html' : '../html-export/page.html'

export interface HtmlTemplate {
  readonly before: string
  readonly after: string
}

/** `nonce` must be new for each file. */
export async function htmlTemplate(nonce: string): Promise<HtmlTemplate> {
  const page = await readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8').catch((error: unknown) => {
    throw new SpanlightError('INTERNAL', `The page for HTML files is missing. Run: npm run build (${String(error)})`)
  })
  const [before = '', after = ''] = page.replaceAll('__CSP_NONCE__', nonce).split('<!--data-->')
  return { before, after }
}
