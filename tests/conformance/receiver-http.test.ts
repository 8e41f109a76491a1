/** OTLP over HTTP: what every kind of request is answered, good, partly bad and hostile. */

import { connect } from 'node:net'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import protobuf from 'protobufjs/minimal.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { type Answer, call } from '../support/http-client.ts'
import { encodeRequest, LogsRequest, TraceRequest, TraceResponse } from '../support/oracle.ts'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

const limitBytes = 100_000

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine({ maxRequestBytes: limitBytes })
})
afterAll(() => engine[Symbol.asyncDispose]())

const types = { json: 'application/json', protobuf: 'application/x-protobuf' } as const
type Encoding = keyof typeof types

interface Post {
  readonly path?: string
  readonly type?: string
  readonly headers?: Record<string, string>
  readonly method?: string
}

function post(body: Uint8Array | string | readonly Uint8Array[], options: Post = {}): Promise<Answer> {
  const { path = '/v1/traces', type = types.json, headers = {}, method = 'POST' } = options
  return call(engine.endpoints.http, { method, path, headers: { 'content-type': type, ...headers }, body })
}

const good = tracesOf('cart', [{ id: 1 }])
const partly = tracesOf('cart', [{ id: 1 }, { id: 0 }, { id: 0 }])
const allBad = tracesOf('cart', [{ id: 0 }])
const bytesOf = (encoding: Encoding, request: unknown): Buffer =>
  encoding === 'json' ? Buffer.from(JSON.stringify(request)) : encodeRequest(TraceRequest, request)

/** Code and message of a `google.rpc.Status` in either encoding. */
function statusOf(encoding: Encoding, body: Buffer): { code: number; message: string } {
  if (encoding === 'json') {
    const { code, message } = JSON.parse(body.toString()) as { code: number; message: string }
    return { code, message }
  }
  const reader = protobuf.Reader.create(body)
  const status = { code: 0, message: '' }
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag === 8) status.code = reader.int32()
    else if (tag === 18) status.message = reader.string()
    else reader.skipType(tag & 7)
  }
  return status
}

const counts = async (): Promise<Record<string, number>> => (await engine.context.status.health()).counts

describe.each<Encoding>(['json', 'protobuf'])('in %s', (encoding) => {
  const type = types[encoding]
  const send = (request: unknown): Promise<Answer> => post(bytesOf(encoding, request), { type })

  it('a good request and an empty one get an empty success of the same type', async () => {
    for (const request of [good, {}, { resourceSpans: [] }]) {
      const { status, headers, body } = await send(request)
      expect([status, headers['content-type']]).toEqual([200, type])
      expect(body.toString()).toBe(encoding === 'json' ? '{}' : '')
    }
  })

  it('a partly bad one gets a success that counts and explains', async () => {
    const { status, body } = await send(partly)
    expect(status).toBe(200)
    const partial = { rejectedSpans: '2', errorMessage: '2 rejected: invalid span id' }
    if (encoding === 'json') expect(JSON.parse(body.toString())).toEqual({ partialSuccess: partial })
    else {
      expect(TraceResponse.toObject(TraceResponse.decode(body), { longs: String })).toEqual({ partialSuccess: partial })
    }
  })

  it('one with nothing good in it, or that cannot be read, gets 400 with a google.rpc.Status', async () => {
    const cut = bytesOf(encoding, good).subarray(0, -3)
    for (const bytes of [bytesOf(encoding, allBad), cut, Buffer.from('{"resourceSpans":5}'), Buffer.from('\x0b')]) {
      const { status, headers, body } = await post(bytes, { type })
      expect([status, headers['content-type']]).toEqual([400, type])
      const { code, message } = statusOf(encoding, body)
      expect(code).toBe(3)
      expect(message.length).toBeGreaterThan(5)
    }
  })
})

describe('JSON of the wrong shape is 400, never 500', () => {
  it.each([
    '',
    '[]',
    'null',
    '5',
    '"x"',
    '{',
    '{"resourceSpans":{}}',
    '{"resourceSpans":[null]}',
    '{"resourceSpans":[{"scopeSpans":1}]}',
  ])('%s', async (body) => {
    expect((await post(body)).status).toBe(400)
  })
})

describe('content types', () => {
  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"'])(
    '%s is JSON',
    async (type) => {
      expect((await post(JSON.stringify(good), { type })).status).toBe(200)
    },
  )

  it.each(['text/plain', 'application/xml', 'application/grpc', ''])(
    '"%s" is 415 and says what is taken',
    async (type) => {
      const { status, body } = await post('{}', { type })
      expect(status).toBe(415)
      expect(body.toString()).toContain('application/x-protobuf')
    },
  )
})

describe('paths and methods', () => {
  it.each(['/', '/v1/profiles', '/v1development/profiles', '/v1/trace', '/v1', '/v2/traces', '/v1/traces/x'])(
    'POST %s is 404 and names the right paths',
    async (path) => {
      const { status, body } = await post(JSON.stringify(good), { path })
      expect(status).toBe(404)
      expect(body.toString()).toContain('/v1/traces')
    },
  )

  it.each(['/v1/traces/', '/v1/traces?x=1', '//v1/traces'])('%s is answered', async (path) => {
    expect([200, 404]).toContain((await post(JSON.stringify(good), { path })).status)
  })

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('%s is 405 and says POST', async (method) => {
    const { status, headers } = await call(engine.endpoints.http, { method, path: '/v1/traces' })
    expect(status).toBe(405)
    expect(headers.allow).toContain('POST')
  })

  it('logs have a path of their own', async () => {
    const before = await counts()
    const type = types.protobuf
    const body = encodeRequest(LogsRequest, logsOf('cart', [{ body: 'over http' }]))
    expect((await post(body, { path: '/v1/logs', type })).status).toBe(200)
    expect((await counts()).logs).toBe((before.logs ?? 0) + 1)
  })
})

describe('bodies', () => {
  const json = Buffer.from(JSON.stringify(good))

  it.each([
    ['gzip', gzipSync(json)],
    ['GZIP', gzipSync(json)],
    ['x-gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['zstd', zstdCompressSync(json)],
    ['identity', json],
    ['', json],
  ])('with encoding "%s" are read', async (encoding, body) => {
    const { status } = await post(body, { headers: { 'content-encoding': encoding } })
    expect(status).toBe(200)
  })

  it.each([
    ['gzip', json],
    ['gzip', gzipSync(json).subarray(0, -9)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', Buffer.from('no zlib stream')],
    ['zstd', Buffer.from('no zstd frame')],
    ['zstd', zstdCompressSync(json).subarray(0, -4)],
  ])('that are no %s are 400', async (encoding, body) => {
    const { status } = await post(body, { headers: { 'content-encoding': encoding } })
    expect(status).toBe(400)
  })

  it.each(['br', 'lz4', 'gzip, gzip', 'constructor'])(
    'with encoding %s are 415 and say what is taken',
    async (encoding) => {
      const { status, body } = await post(json, { headers: { 'content-encoding': encoding } })
      expect(status).toBe(415)
      expect(body.toString()).toContain('gzip')
    },
  )

  it('sent in chunks without a length are read', async () => {
    const parts = Array.from({ length: json.length }, (_, index) => json.subarray(index, index + 1))
    expect((await post(parts)).status).toBe(200)
    const compressed = gzipSync(json)
    const halves = [compressed.subarray(0, 20), compressed.subarray(20)]
    expect((await post(halves, { headers: { 'content-encoding': 'gzip' } })).status).toBe(200)
  })

  it('of exactly the limit are read', async () => {
    expect((await post(' '.repeat(limitBytes - json.length) + json.toString())).status).toBe(200)
  })

  it.each<[string, Record<string, string>, Uint8Array]>([
    ['one byte beyond the limit', {}, Buffer.alloc(limitBytes + 1, 0x20)],
    ['far beyond the limit', {}, Buffer.alloc(limitBytes * 200, 0x20)],
    ['a gzip bomb', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(50_000_000))],
    ['a zstd bomb', { 'content-encoding': 'zstd' }, zstdCompressSync(Buffer.alloc(50_000_000))],
  ])('%s are 413, and the sender gets to read it', async (_name, headers, body) => {
    const answer = await post(body, { headers })
    expect(answer.status).toBe(413)
    expect(statusOf('json', answer.body)).toMatchObject({
      code: 8,
      message: expect.stringContaining(String(limitBytes)),
    })
  })

  it('beyond the limit in chunks are 413 too', async () => {
    const parts = Array.from({ length: 50 }, () => Buffer.alloc(10_000, 0x20))
    expect((await post(parts)).status).toBe(413)
  })

  it('that break off leave nothing behind', async () => {
    const before = await counts()
    const { port } = new URL(engine.endpoints.http)
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n`
    await new Promise<void>((resolve) => socket.write(head + json.subarray(0, 20).toString(), () => resolve()))
    socket.destroy()
    expect((await post('{}')).status).toBe(200)
    expect((await counts()).spans).toBe(before.spans)
  })

  it('refused before they were read do not become the next request', async () => {
    const smuggled =
      'POST /v1/logs HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
    const { port } = new URL(engine.endpoints.http)
    const answers = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('data', (part) => {
        text += part.toString()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(text))
      socket.write(
        `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${smuggled.length}\r\n\r\n`,
      )
      socket.write(smuggled)
    })
    expect(answers.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 415'])
  })
})

describe('browsers', () => {
  const preflight = (origin: string, headers = 'content-type, X-Custom, authorization, traceparent'): Promise<Answer> =>
    call(engine.endpoints.http, {
      method: 'OPTIONS',
      path: '/v1/traces',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    })

  it.each(['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:8080', 'http://[::1]:5173'])(
    'pages of %s may send',
    async (origin) => {
      const { status, headers } = await preflight(origin)
      expect(status).toBe(204)
      expect(headers['access-control-allow-origin']).toBe(origin)
      expect(headers['access-control-allow-methods']).toBe('POST')
      expect(headers['access-control-allow-headers']).toBe('content-type, x-custom, traceparent')
      expect(headers.vary).toBe('origin')
      const sent = await post(JSON.stringify(good), { headers: { origin } })
      expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([200, origin])
    },
  )

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'null',
    'http://127.0.0.1.evil.example:80',
    'file://',
  ])('pages of %s may not', async (origin) => {
    const { headers } = await preflight(origin)
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['access-control-allow-headers']).toBeUndefined()
  })

  it('learn the reason of a refusal, too', async () => {
    const origin = 'http://localhost:3000'
    const { status, headers } = await post('{', { headers: { origin } })
    expect([status, headers['access-control-allow-origin']]).toEqual([400, origin])
  })
})
