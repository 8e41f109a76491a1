/** Serves the built renderer: hashed assets forever, the page anew with a nonce of its own. */

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import send from 'send'
import { SpanlightError } from '#shared/contract/errors.ts'
import { pageWithPolicy } from '#shared/page.ts'
import { targetOf } from './target.ts'

export type ServePage = (request: IncomingMessage, response: ServerResponse) => void

/** Throws NOT_FOUND when the renderer has not been built. */
export function servePages(rendererDir: string): ServePage {
  const index = readIndex(rendererDir)
  const assetsDir = join(rendererDir, 'assets')
  return (request, response) => {
    const { path } = targetOf(request)
    if (path.startsWith('/assets/')) {
      // Not from the folder above: there lies the page, which must not be had without its policy.
      send(request, path.slice('/assets'.length), { root: assetsDir, immutable: true, maxAge: '1y', index: false })
        .on('error', () => response.writeHead(404).end())
        .pipe(response)
      return
    }
    // Every other path is a screen of the app: the router in the page knows which.
    const { html, headers } = pageWithPolicy(index, randomBytes(16).toString('base64'))
    response.writeHead(200, headers).end(html)
  }
}

function readIndex(rendererDir: string): string {
  try {
    return readFileSync(join(rendererDir, 'index.html'), 'utf8')
  } catch {
    throw new SpanlightError('NOT_FOUND', 'The app has not been built. Run: npm run build')
  }
}

/** A page for a person who came without a valid token. */
export function refusalPage(message: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Spanlight</title><h1>Spanlight</h1><p>${message}</p></html>`
}

/** Navigates from within, so that a same-site cookie set just now is sent even when a link of another site led here. */
export function forwardPage(location: string): string {
  const escaped = location.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Spanlight</title><meta http-equiv="refresh" content="0;url=${escaped}"></html>`
}
