/** Who may talk to the browser host: right `Host`, right `Origin`, and the token from the printed address. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { targetOf } from './target.ts'

export type Verdict =
  | { readonly kind: 'granted' }
  /** The token came in the URL: set the cookie and go to the same place without it. */
  | { readonly kind: 'introduced'; readonly cookie: string; readonly location: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly message: string }

export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

export class Access {
  readonly #token: string
  readonly #cookieName: string
  readonly #loopback: boolean

  /** `port` is part of the cookie's name: cookies are shared by all ports of a host. */
  constructor(options: { readonly token: string; readonly port: number; readonly host: string }) {
    this.#token = options.token
    this.#cookieName = `spanlight-${options.port}`
    this.#loopback = isLoopback(options.host)
  }

  judge(request: IncomingMessage): Verdict {
    if (!this.#knowsHost(request)) return refused(403, 'This Host is not served here.')
    if (!sameOrigin(request)) return refused(403, 'Requests from other sites are refused.')
    const { path, query } = targetOf(request)
    const token = query.get('token')
    if (token !== null && request.method === 'GET' && !path.startsWith('/api/')) {
      if (!this.#matches(token)) return refused(401, 'This address is of an earlier start of Spanlight.')
      query.delete('token')
      const cookie = `${this.#cookieName}=${this.#token}; Path=/; HttpOnly; SameSite=Strict`
      return { kind: 'introduced', cookie, location: query.size === 0 ? path : `${path}?${query}` }
    }
    const presented = bearer(request) ?? cookieNamed(request, this.#cookieName)
    if (presented !== undefined && this.#matches(presented)) return { kind: 'granted' }
    return refused(401, 'A token is needed: open the address that Spanlight printed when it started.')
  }

  /** Against DNS rebinding: a foreign name that resolves to this machine is not a name of this machine. */
  #knowsHost(request: IncomingMessage): boolean {
    const { host } = request.headers
    if (host === undefined) return false
    const name = host
      .replace(/:\d+$/, '')
      .replace(/^\[(.*)\]$/, '$1')
      .toLowerCase()
    if (isLoopback(name)) return true
    // Bound wider on purpose: the machine may be addressed by number.
    return !this.#loopback && isIP(name) !== 0
  }

  #matches(presented: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
    return timingSafeEqual(digest(presented), digest(this.#token))
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function sameOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function cookieNamed(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name) return value
  }
  return undefined
}

function refused(status: 401 | 403, message: string): Verdict {
  return { kind: 'refused', status, message }
}
