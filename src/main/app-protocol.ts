/** `app://spanlight/`: the built renderer under an origin of its own, with the content policy of every host. */

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { pageWithPolicy, securityHeaders } from '#shared/page.ts'
import { appScheme, isAppUrl } from './app-url.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export function serveApp(rendererDir: string): void {
  const index = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  protocol.handle(appScheme, async ({ url, method }) => {
    const path = isAppUrl(url) && method === 'GET' ? URL.parse(url)?.pathname : undefined
    if (path === undefined) return nothing()
    if (path.startsWith('/assets/')) return serveAsset(join(rendererDir, 'assets'), path.slice('/assets/'.length))
    // Every other path is a screen of the app: the router in the page knows which.
    const { html, headers } = pageWithPolicy(index, randomBytes(16).toString('base64'))
    return new Response(html, { headers: { ...securityHeaders, ...headers } })
  })
}

/** Names of files in the folder itself are served, and no path that could lead out of it. */
async function serveAsset(folder: string, name: string): Promise<Response> {
  const type = /^[\w-][\w.-]*$/.test(name) ? types[extname(name)] : undefined
  const bytes = type === undefined ? undefined : await readFile(join(folder, name)).catch(() => undefined)
  if (type === undefined || bytes === undefined) return nothing()
  return new Response(bytes, {
    headers: { ...securityHeaders, 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
  })
}

function nothing(): Response {
  return new Response(null, { status: 404, headers: securityHeaders })
}
