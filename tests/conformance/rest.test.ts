/** The REST interface as others rely on it: shapes, parameters, errors, and the document that describes it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epoch, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'

let server: RunningServer
const many = 120

beforeAll(async () => {
  server = await runningServer()
  const answers = await Promise.all([
    server.send(
      'traces',
      tracesOf('cart', [
        {
          trace: 1000,
          id: 1,
          name: 'GET /cart',
          start: 9_000,
          duration: 500,
          error: true,
          attributes: { a: 'x=y&z', n: 5n },
        },
        { trace: 1000, id: 2, parent: 1, name: 'SELECT', start: 9_100, duration: 100, attributes: { b: true } },
        { trace: 1000, id: 0 },
      ]),
    ),
    server.send(
      'traces',
      tracesOf(
        'pay',
        Array.from({ length: many }, (_, index) => ({ trace: index + 1, id: 1, start: index, duration: 10 })),
      ),
    ),
    server.send(
      'logs',
      logsOf('cart', [
        {
          body: 'cart is empty',
          at: 9_200,
          severity: 17,
          trace: 1000,
          span: 2,
          attributes: { user: 'ada', n: 2n ** 60n },
        },
        ...Array.from({ length: many }, (_, index) => ({ body: `tick ${index}`, at: index })),
      ]),
    ),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
})
afterAll(() => server[Symbol.asyncDispose]())

const get = async (path: string): Promise<unknown> => {
  const answer = await server.get(`/api${path}`)
  expect([path, answer.status]).toEqual([path, 200])
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(answer.headers['cache-control']).toBe('no-store')
  return answer.json()
}

interface Traces {
  readonly traces: { readonly traceId: string; readonly rootService: string }[]
  readonly nextCursor: string | null
}
interface Logs {
  readonly logs: { readonly body: string; readonly timeUnixNano: string }[]
  readonly nextCursor: string | null
}
const traceIds = async (query: string): Promise<string[]> =>
  ((await get(`/traces?${query}`)) as Traces).traces.map(({ traceId }) => traceId)

describe('answers', () => {
  it('health', async () => {
    expect(await get('/health')).toMatchObject({
      status: 'ok',
      version: 'test',
      receivers: server.engine.endpoints,
      counts: { spans: many + 2, traces: many + 1, logs: many + 1, points: 0 },
      losses: [{ signal: 'traces', reason: 'invalid span id', count: 1 }],
    })
  })

  it('services', async () => {
    expect(await get('/services')).toEqual({
      services: [
        { name: 'cart', spanCount: 2, errorCount: 1, lastSeenUnixNano: String(epoch + 9_200n) },
        { name: 'pay', spanCount: many, errorCount: 0, lastSeenUnixNano: String(epoch + BigInt(many) - 1n) },
      ],
    })
  })

  it('traces', async () => {
    expect(await get('/traces?service=cart')).toEqual({
      traces: [
        {
          traceId: traceIdOf(1000),
          rootService: 'cart',
          rootOperation: 'GET /cart',
          rootReceived: true,
          startTimeUnixNano: String(epoch + 9_000n),
          durationNs: 500,
          spanCount: 2,
          errorCount: 1,
          services: ['cart'],
        },
      ],
      nextCursor: null,
    })
  })

  it('one trace as OTLP', async () => {
    expect(await get(`/traces/${traceIdOf(1000).toUpperCase()}`)).toMatchObject({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
          scopeSpans: [
            {
              scope: { name: 'test' },
              spans: [
                {
                  spanId: spanIdOf(1),
                  name: 'GET /cart',
                  startTimeUnixNano: String(epoch + 9_000n),
                  status: { code: 2 },
                },
                { spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: 'SELECT' },
              ],
            },
          ],
        },
      ],
    })
  })

  it("one trace's logs as OTLP, none for a trace without logs", async () => {
    expect(await get(`/traces/${traceIdOf(1000)}/logs`)).toMatchObject({
      resourceLogs: [
        { scopeLogs: [{ logRecords: [{ body: { stringValue: 'cart is empty' }, spanId: spanIdOf(2) }] }] },
      ],
    })
    expect(await get(`/traces/${traceIdOf(1)}/logs`)).toEqual({ resourceLogs: [] })
  })

  it('logs, with body and attributes as plain JSON', async () => {
    expect(await get(`/logs?traceId=${traceIdOf(1000)}`)).toEqual({
      logs: [
        {
          id: expect.any(Number),
          timeUnixNano: String(epoch + 9_200n),
          severityNumber: 17,
          severityText: '',
          body: 'cart is empty',
          serviceName: 'cart',
          traceId: traceIdOf(1000),
          spanId: spanIdOf(2),
          eventName: '',
          attributes: { user: 'ada', n: String(2n ** 60n) },
        },
      ],
      nextCursor: null,
    })
  })
})

describe('parameters', () => {
  it('that are empty are as if absent', async () => {
    const empty = 'service=&operation=&attr=&minDurationNs=&maxDurationNs=&errors=&start=&end=&order=&limit=&cursor='
    expect(await get(`/traces?${empty}`)).toEqual(await get('/traces'))
    const emptyLogs = 'service=&minSeverity=&q=&traceId=&start=&end=&limit=&cursor='
    expect(await get(`/logs?${emptyLogs}`)).toEqual(await get('/logs'))
  })

  it('limit is 100 unless told, and at most 1000', async () => {
    expect(((await get('/traces')) as Traces).traces).toHaveLength(100)
    expect(((await get('/logs')) as Logs).logs).toHaveLength(100)
    expect(((await get('/traces?limit=1000')) as Traces).traces).toHaveLength(many + 1)
    expect(((await get('/logs?limit=7')) as Logs).logs).toHaveLength(7)
  })

  it('cursor goes on where the page before ended, to the end', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await get(`/traces?limit=50&cursor=${cursor}`)) as Traces
      seen.push(...page.traces.map(({ traceId }) => traceId))
      cursor = page.nextCursor ?? ''
    } while (cursor !== '')
    expect(seen).toEqual(await traceIds('limit=1000'))
    expect(seen).toHaveLength(many + 1)
  })

  it('attr may be given once or several times, with any character in its value', async () => {
    const encoded = encodeURIComponent('a=x=y&z')
    expect(await traceIds(`attr=${encoded}`)).toEqual([traceIdOf(1000)])
    expect(await traceIds(`attr=${encoded}&attr=n=5&attr=b=true&attr=service.name=cart`)).toEqual([traceIdOf(1000)])
    expect(await traceIds(`attr=${encoded}&attr=n=6`)).toEqual([])
  })

  it('filter and order', async () => {
    expect(await traceIds('errors=true')).toEqual([traceIdOf(1000)])
    expect(await traceIds('operation=SELECT')).toEqual([traceIdOf(1000)])
    expect(await traceIds('operation=SELECT&service=pay')).toEqual([])
    expect(await traceIds('minDurationNs=11&maxDurationNs=500')).toEqual([traceIdOf(1000)])
    expect(await traceIds('maxDurationNs=499&minDurationNs=11')).toEqual([])
    expect(await traceIds(`start=${epoch + 3n}&end=${epoch + 5n}`)).toEqual([traceIdOf(5), traceIdOf(4)])
    for (const order of ['newest', 'slowest', 'errors']) {
      expect((await traceIds(`order=${order}&limit=1`))[0]).toBe(traceIdOf(1000))
    }
    expect(((await get('/logs?q=empt&minSeverity=error')) as Logs).logs).toHaveLength(1)
    expect(((await get('/logs?minSeverity=18')) as Logs).logs).toHaveLength(0)
  })

  it('name nothing that is there: an empty list', async () => {
    expect(await get('/traces?service=nobody')).toEqual({ traces: [], nextCursor: null })
    expect(await get('/traces?operation=nothing')).toEqual({ traces: [], nextCursor: null })
    expect(await get('/logs?service=nobody')).toEqual({ logs: [], nextCursor: null })
  })
})

describe('errors', () => {
  const errorOf = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await server.get(path)
    const body = answer.json() as Record<string, unknown>
    expect(Object.keys(body).sort()).toEqual(['code', 'data', 'message', 'status'])
    expect(body.status).toBe(answer.status)
    expect(String(body.message)).not.toMatch(/undefined|\[object|at file:/)
    return body
  }

  it.each([
    '/api/traces?limit=1001',
    '/api/traces?limit=0',
    '/api/traces?limit=ten',
    '/api/traces?limit=1.5',
    '/api/traces?order=random',
    '/api/traces?start=yesterday',
    '/api/traces?start=-1',
    '/api/traces?end=9223372036854775808',
    '/api/traces?minDurationNs=-1',
    '/api/traces?errors=maybe',
    '/api/traces?attr=novalue',
    '/api/traces?attr==x',
    '/api/traces?cursor=bogus',
    '/api/logs?limit=1001',
    '/api/logs?minSeverity=25',
    '/api/logs?minSeverity=loud',
    '/api/logs?traceId=xyz',
    '/api/logs?traceId=00000000000000000000000000000000',
    '/api/logs?cursor=bogus',
    `/api/logs?q=${'x'.repeat(1001)}`,
    '/api/traces/xyz',
    '/api/traces/00000000000000000000000000000000/logs',
  ])('%s is BAD_INPUT', async (path) => {
    expect(await errorOf(path)).toMatchObject({ code: 'BAD_INPUT', status: 400 })
  })

  it('a cursor of another list is BAD_INPUT', async () => {
    const { nextCursor } = (await get('/traces?limit=1')) as Traces
    expect(await errorOf(`/api/traces?order=errors&cursor=${nextCursor}`)).toMatchObject({ code: 'BAD_INPUT' })
    expect(await errorOf(`/api/logs?cursor=${nextCursor}`)).toMatchObject({ code: 'BAD_INPUT' })
  })

  it('names the parameter that is wrong', async () => {
    expect(String((await errorOf('/api/traces?limit=1001')).message)).toContain('limit')
  })

  it.each([
    `/api/traces/${traceIdOf(99_999)}`,
    `/api/traces/${traceIdOf(99_999)}/logs`,
    '/api/nothing',
    '/api/',
    '/api/traces/a/b/c',
    '/api/status',
    '/api/ws',
  ])('%s is NOT_FOUND', async (path) => {
    expect(await errorOf(path)).toMatchObject({ code: 'NOT_FOUND', status: 404 })
  })

  it('a method nobody serves is NOT_FOUND too', async () => {
    const headers = { authorization: `Bearer ${server.token}` }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await server.call({ method, path: '/api/traces', headers })
      expect([method, answer.status]).toEqual([method, 404])
      expect(answer.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it.each(['/api/traces/%zz', '/api/traces/%00', '/api/traces?attr=%zz', '/api/traces?a[b]=c&a=d&__proto__=x'])(
    '%s is never the fault of the server',
    async (path) => {
      expect((await server.get(path)).status).toBeLessThan(500)
    },
  )
})

describe('the OpenAPI document', () => {
  interface Document {
    readonly openapi: string
    readonly info: { readonly title: string; readonly version: string }
    readonly servers: { readonly url: string }[]
    readonly paths: Record<string, Record<string, Operation>>
  }
  interface Operation {
    readonly summary: string
    readonly parameters?: { readonly name: string; readonly in: string; readonly required?: boolean }[]
    readonly responses: Record<string, unknown>
  }
  const routes = ['/health', '/services', '/traces', '/traces/{traceId}', '/traces/{traceId}/logs', '/logs']

  it('lists the REST routes, each as it is', async () => {
    const document = (await get('/openapi.json')) as Document
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.info).toMatchObject({ title: 'Spanlight', version: '1.2.3' })
    expect(document.servers).toEqual([{ url: '/api' }])
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(routes))
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        expect([path, method, typeof operation.summary, Object.keys(operation.responses)]).toEqual([
          path,
          method,
          'string',
          expect.arrayContaining(['200']),
        ])
        const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
        expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      }
    }
  })

  it('describes every parameter, none of them required', async () => {
    const { paths } = (await get('/openapi.json')) as Document
    const names = (path: string): string[] => (paths[path]?.get?.parameters ?? []).map(({ name }) => name).sort()
    expect(names('/traces')).toEqual([
      'attr',
      'cursor',
      'end',
      'errors',
      'limit',
      'maxDurationNs',
      'minDurationNs',
      'of',
      'operation',
      'order',
      'outcome',
      'service',
      'start',
    ])
    expect(names('/logs')).toEqual(
      expect.arrayContaining(['cursor', 'end', 'limit', 'minSeverity', 'q', 'service', 'start', 'traceId']),
    )
    for (const path of ['/traces', '/logs']) {
      expect(paths[path]?.get?.parameters?.filter(({ required }) => required)).toEqual([])
    }
  })

  it('lists nothing that is not served, and serves nothing it does not list', async () => {
    const { paths } = (await get('/openapi.json')) as Document
    for (const path of Object.keys(paths)) {
      const answer = await server.get(`/api${path.replaceAll(/\{\w+\}/g, traceIdOf(1000))}`)
      expect([path, answer.status === 404 && /There is no/.test(answer.body.toString())]).toEqual([path, false])
    }
    for (const hidden of ['/traces/summary', '/traces/waterfall', '/logs/histogram', '/services/operations']) {
      expect(Object.keys(paths)).not.toContain(hidden)
    }
  })
})
