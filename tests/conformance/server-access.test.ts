/** Who is let in: token, cookie, Host and Origin, for pages, REST and the WebSocket; and what the page may do. */

import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type RunningServer, runningServer } from '../support/running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await runningServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const cookieName = (): string => `spanlight-${server.port}`

describe('the token', () => {
  it('in the address sets a cookie that scripts and other sites cannot use, and goes away', async () => {
    expect(server.url).toBe(`${server.origin}/?token=${server.token}`)
    const answer = await server.call({ path: `/traces?token=${server.token}&range=1h` })
    expect(answer.status).toBe(302)
    expect(answer.headers.location).toBe('/traces?range=1h')
    expect(answer.headers['set-cookie']).toEqual([`${cookieName()}=${server.token}; Path=/; HttpOnly; SameSite=Strict`])
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect((await server.call({ path: '/traces?range=1h', headers: { cookie } })).status).toBe(200)
    expect((await server.call({ path: '/api/health', headers: { cookie: `other=1; ${cookie}` } })).status).toBe(200)
  })

  it('in an address followed from another site forwards from a page, so that the cookie is sent', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    const answer = await server.call({ path: `/logs?q=%22%3Cb%3E&token=${server.token}`, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeDefined()
    expect(answer.body.toString()).toContain('http-equiv="refresh" content="0;url=/logs?q=%22%3Cb%3E"')
  })

  it.each(['/', '/traces', '/api/health', '/assets/app-1234.js', '/api/openapi.json'])(
    'is needed for %s',
    async (path) => {
      expect((await server.call({ path })).status).toBe(401)
      expect((await server.call({ path, headers: { cookie: `${cookieName()}=wrong` } })).status).toBe(401)
      expect((await server.call({ path, headers: { cookie: `spanlight-1=${server.token}` } })).status).toBe(401)
      expect((await server.call({ path, headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
      expect((await server.call({ path, headers: { authorization: `Basic ${server.token}` } })).status).toBe(401)
      expect((await server.call({ path, headers: { authorization: `Bearer ${server.token}` } })).status).toBe(200)
    },
  )

  it('of an earlier start is refused with a page that says so', async () => {
    const answer = await server.call({ path: '/?token=old' })
    expect(answer.status).toBe(401)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body.toString()).toContain('earlier start')
  })

  it('in the address of an API call is no token', async () => {
    expect((await server.call({ path: `/api/health?token=${server.token}` })).status).toBe(401)
  })

  it('is asked for in the shape of every API error', async () => {
    const answer = await server.call({ path: '/api/health' })
    expect(answer.json()).toEqual({ code: 'UNAUTHORIZED', status: 401, message: expect.any(String), data: null })
  })
})

describe('Host and Origin', () => {
  const authorized = (): Record<string, string> => ({ authorization: `Bearer ${server.token}` })

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'LOCALHOST'])('%s is this machine', async (name) => {
    const headers = { ...authorized(), host: `${name}:${server.port}` }
    expect((await server.call({ path: '/api/health', headers })).status).toBe(200)
  })

  it.each(['evil.example', 'localhost.evil.example', '192.168.1.5', '127.0.0.1.evil.example'])(
    '"%s" is not, whatever the token',
    async (name) => {
      const headers = { ...authorized(), host: name }
      expect([400, 403]).toContain((await server.call({ path: '/api/health', headers })).status)
    },
  )

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:1', 'http://localhost'])(
    'a request from %s is refused',
    async (origin) => {
      const answer = await server.call({ path: '/api/health', headers: { ...authorized(), origin } })
      expect(answer.status).toBe(403)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it('a request from the page itself is answered', async () => {
    const headers = { ...authorized(), origin: server.origin }
    expect((await server.call({ path: '/api/health', headers })).status).toBe(200)
  })
})

describe('paths nobody sends in good faith', () => {
  it.each(['//', '///', '//[', 'http://', '/%', '/api/%zz', '/assets/../index.html', '/assets/%2e%2e/secret.txt', '*'])(
    '%s is answered, and the next request too',
    async (path) => {
      const answer = await server.get(path).catch((error: Error) => error)
      expect(answer).not.toMatchObject({ body: Buffer.from('not an asset') })
      expect((await server.get('/api/health')).status).toBe(200)
    },
  )

  it('never lead to another site with the token', async () => {
    for (const path of ['/.//evil.example/', '//evil.example/', '/\\evil.example/', '/a/..//evil.example/']) {
      const { headers } = await server.call({ path: `${path}?token=${server.token}` })
      const target = new URL(headers.location ?? '/', server.origin)
      expect([path, target.origin]).toEqual([path, server.origin])
    }
  })
})

describe('the page', () => {
  it('has a policy that allows only itself, and styles with a nonce of their own each time', async () => {
    const nonces = await Promise.all(
      ['/', '/traces/abc'].map(async (path) => {
        const { headers, body } = await server.get(path)
        expect(headers['content-type']).toBe('text/html; charset=utf-8')
        expect(headers['cache-control']).toBe('no-store')
        const policy = String(headers['content-security-policy'])
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
        expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
        expect(policy.split('; ')).toEqual([
          "default-src 'none'",
          "script-src 'self'",
          `style-src 'self' 'nonce-${nonce}'`,
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ])
        expect(body.toString().match(/nonce="[^"]+"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`])
        expect(headers['x-content-type-options']).toBe('nosniff')
        expect(headers['referrer-policy']).toBe('no-referrer')
        return nonce
      }),
    )
    expect(new Set(nonces).size).toBe(2)
  })

  it('has assets that are kept for ever, and a 404 for those that are not there', async () => {
    const asset = await server.get('/assets/app-1234.js')
    expect(asset.body.toString()).toBe('export {}')
    expect(asset.headers['cache-control']).toContain('immutable')
    expect((await server.get('/assets/app-0000.js')).status).toBe(404)
  })
})

describe('the WebSocket', () => {
  const connect = async (path: string, headers: Record<string, string>): Promise<number> => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number)
    const status = await Promise.race([refused, once(socket, 'open').then(() => 101)])
    socket.on('error', () => undefined)
    socket.terminate()
    return status
  }
  const authorized = (): Record<string, string> => ({ authorization: `Bearer ${server.token}` })
  const cookie = (): Record<string, string> => ({ cookie: `${cookieName()}=${server.token}` })

  it('opens for the page and for whoever has the token', async () => {
    expect(await connect('/api/ws', authorized())).toBe(101)
    expect(await connect('/api/ws', { ...cookie(), origin: server.origin })).toBe(101)
  })

  it('stays shut without the token, and for pages of other sites', async () => {
    expect(await connect('/api/ws', {})).toBe(401)
    expect(await connect(`/api/ws?token=${server.token}`, {})).toBe(401)
    expect(await connect('/api/ws', { ...cookie(), origin: 'http://evil.example' })).toBe(401)
    expect(await connect('/api/ws', { ...cookie(), origin: 'null' })).toBe(401)
    expect(await connect('/api/ws', { ...authorized(), host: 'evil.example' })).toBe(401)
  })

  it('opens nowhere else', async () => {
    expect(await connect('/api/other', authorized())).toBe(401)
    expect(await connect('/', authorized())).toBe(401)
  })
})
