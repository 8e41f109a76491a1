/** The app's own schemes: Chromium is asked for them under https origins that exist nowhere, and main never sees those. */

import { isReady } from './readiness.ts'
import { notModelled, onlyKnown } from './strict.ts'

interface Scheme {
  readonly scheme: string
  readonly privileges?: Readonly<Record<string, boolean>>
}

export type SchemeHandler = (request: Request) => Response | Promise<Response>

const privileges = [
  ...['standard', 'secure', 'bypassCSP', 'allowServiceWorkers', 'supportFetchAPI', 'corsEnabled', 'stream'],
  'codeCache',
]
const registered = new Map<string, Readonly<Record<string, boolean>>>()
const handlers = new Map<string, SchemeHandler>()
let registeredOnce = false

export function registerSchemesAsPrivileged(schemes: readonly Scheme[]): void {
  if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  if (registeredOnce) throw new Error('protocol.registerSchemesAsPrivileged can only be used once')
  registeredOnce = true
  for (const { scheme, privileges: given = {} } of schemes) {
    onlyKnown('protocol.registerSchemesAsPrivileged', given, privileges)
    // https stands in for it, which has both: an app without them would only work here.
    if (!given.standard || !given.secure) throw notModelled(`the scheme ${scheme} without "standard" and "secure"`)
    if (given.bypassCSP) throw notModelled(`the scheme ${scheme} with "bypassCSP"`)
    registered.set(scheme, given)
  }
}

export function handleScheme(scheme: string, handler: SchemeHandler): void {
  if (!isReady()) throw new Error('protocol.handle cannot be called before app is ready')
  if (typeof handler !== 'function') throw new TypeError('protocol.handle: the handler must be a function')
  if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
  if (!registered.has(scheme)) throw notModelled(`protocol.handle for ${scheme}, a scheme that was not registered`)
  handlers.set(scheme, handler)
}

export function unhandleScheme(scheme: string): void {
  if (!handlers.delete(scheme)) throw new Error(`Failed to unregister protocol: ${scheme}`)
}

export function isHandled(scheme: string): boolean {
  return handlers.has(scheme)
}

/** What a page of Chromium is given for an address of the app's; others stay. */
export function toPageUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return registered.has(scheme) ? `https://${host}.${scheme}-scheme.test${rest || '/'}` : url
}

/** The other way round. */
export function toAppUrl(url: string): string {
  const [, host, scheme = '', rest] = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)-scheme\.test(.*)$/i.exec(url) ?? []
  return registered.has(scheme) ? `${scheme}://${host}${rest}` : url
}

/** Only for addresses of the app's; undefined for others. */
export async function answer(request: Request): Promise<Response | undefined> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1))
  if (handler === undefined) return undefined
  const response: unknown = await handler(request)
  if (!(response instanceof Response)) throw new Error('net::ERR_UNEXPECTED: protocol.handle must give a Response')
  return response
}
