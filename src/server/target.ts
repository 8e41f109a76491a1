/** What a request asks for, read so that no request can be malformed and no path can name another host. */

import type { IncomingMessage } from 'node:http'

export interface Target {
  /** Begins with exactly one slash. */
  readonly path: string
  readonly query: URLSearchParams
}

/** Not `new URL`: it throws on `//`, and reads a host into `//example.org/`. */
export function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): Target {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  return {
    // Browsers take a backslash for a slash, so both together could begin a host.
    path: path.startsWith('/') ? path.replace(/^[/\\]+/, '/') : '/',
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
  }
}
