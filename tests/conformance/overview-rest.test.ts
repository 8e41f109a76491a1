/** Golden signals over REST: shapes, bad input, marks, Apdex, and rollups computed anew, as the app and scripts rely on them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingest } from '../../src/engine/ingest.ts'
import { openReader, openWriter } from '../../src/engine/store/database.ts'
import { StoreWriter } from '../../src/engine/store/write.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { epoch, logsOf, tracesOf } from '../support/otlp.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'

const second = 1_000_000_000n
const ms = 1_000_000

let server: RunningServer

beforeAll(async () => {
  server = await runningServer()
  const requests = Array.from({ length: 40 }, (_, index) => ({
    trace: index + 1,
    id: 1,
    kind: 2,
    name: 'GET /cart',
    start: BigInt(index) * second,
    duration: (index + 1) * ms,
    error: index % 10 === 9,
  }))
  expect((await server.send('traces', tracesOf('cart', requests))).status).toBe(200)
})
afterAll(() => server[Symbol.asyncDispose]())

const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const { status, body } = await server.get(`/api/${path}`)
  return { status, body: JSON.parse(body.toString()) as Record<string, unknown> }
}

describe('GET /api/overview', () => {
  it('has the documented shape', async () => {
    const { body } = await get('overview?service=cart&stepSeconds=20')
    expect(body).toMatchObject({ stepSeconds: 20, relativeError: 0.008, startUnixNano: `${epoch}`, previous: null })
    expect(body.method).toMatch(/nearest rank/)
    expect(body.buckets).toHaveLength(2)
    const bucket = {
      startUnixNano: `${epoch}`,
      requests: 20,
      errors: 2,
      implicitErrors: 0,
      produced: 0,
      consumed: 0,
      ok: {
        count: 18,
        n: 18,
        p50Ns: expect.any(Number),
        p95Ns: expect.any(Number),
        p99Ns: expect.any(Number),
        maxNs: 19 * ms,
      },
      error: expect.objectContaining({ count: 2 }),
      all: expect.objectContaining({ count: 20 }),
    }
    expect((body.buckets as unknown[])[0]).toEqual(bucket)
    expect(body.totals).toMatchObject({ requests: 40, errors: 4, errorRatio: 0.1, ratePerSecond: 1 })
  })

  it.each([
    ['overview?stepSeconds=0', 400, 'BAD_INPUT', /stepSeconds: must be at least 1/],
    ['overview?stepSeconds=-5', 400, 'BAD_INPUT', /stepSeconds/],
    ['overview?stepSeconds=ten', 400, 'BAD_INPUT', /stepSeconds/],
    ['overview?start=20&end=10', 400, 'BAD_INPUT', /ends before it starts/],
    ['overview?start=yesterday', 400, 'BAD_INPUT', /start: must be nanoseconds/],
    ['overview?view=everything', 400, 'BAD_INPUT', /view/],
    ['overview?service=nobody', 404, 'NOT_FOUND', /No service named nobody/],
    ['overview?service=cart&operation=PUT', 404, 'NOT_FOUND', /No operation named PUT of cart/],
    ['overview/heatmap?service=nobody', 404, 'NOT_FOUND', /nobody/],
    ['overview/exemplars?start=2&end=1', 400, 'BAD_INPUT', /ends before/],
    ['operations?service=nobody', 404, 'NOT_FOUND', /nobody/],
    ['operations?history=1', 400, 'BAD_INPUT', /history/],
    ['annotations?start=x', 400, 'BAD_INPUT', /start/],
  ])('%s is refused with %d %s', async (path, status, code, message) => {
    const answer = await get(path)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.message).toMatch(message)
  })

  it.each(['overview', 'overview/heatmap', 'overview/exemplars', 'operations'])(
    '%s of ten years is answered within bounds',
    async (path) => {
      const { status, body } = await get(`${path}?start=0&end=${2n ** 62n}`)
      expect(status).toBe(200)
      expect(JSON.stringify(body).length).toBeLessThan(2_000_000)
    },
  )
})

describe('GET /api/operations', () => {
  it('has the documented shape', async () => {
    const { body } = await get('operations?service=cart')
    expect(body.operations).toEqual([
      {
        service: 'cart',
        operation: 'GET /cart',
        kind: 'server',
        requests: 40,
        ratePerSecond: 1,
        errors: 4,
        errorRatio: 0.1,
        implicitErrors: 0,
        n: 40,
        p50Ns: expect.closeTo(20 * ms, -6),
        p95Ns: expect.closeTo(38 * ms, -6),
        p99Ns: expect.closeTo(40 * ms, -6),
        shareOfTime: 1,
        apdex: 0.9,
        apdexThresholdNs: 500 * ms,
      },
    ])
  })

  it('knows the T of Apdex a person set, until it is taken back', async () => {
    const { settings } = server.engine.context
    const of = { service: 'cart', operation: 'GET /cart', kind: 'server' }
    const apdex = async (): Promise<unknown> => {
      const { body } = await get('operations')
      const [first] = body.operations as { apdex: number; apdexThresholdNs: number }[]
      return [first?.apdex, first?.apdexThresholdNs]
    }
    await settings.setApdexThreshold({ ...of, thresholdNs: 10 * ms })
    // 9 of 36 took at most 10 ms, all others at most 40 ms.
    expect(await apdex()).toEqual([(9 + 27 / 2) / 40, 10 * ms])
    await settings.setApdexThreshold({ ...of, thresholdNs: null })
    expect(await apdex()).toEqual([0.9, 500 * ms])
    await expect(settings.setApdexThreshold({ ...of, kind: 'sideways', thresholdNs: 1 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  })
})

describe('a mark', () => {
  it('is a note on a time or an annotation, and can be taken away again', async () => {
    const { notebook } = server.engine.context
    const mark = (text: string, atUnixNano: bigint, end?: bigint): Promise<unknown> =>
      notebook.run({
        name: 'addNote',
        subject: { atUnixNano: `${atUnixNano}`, ...(end === undefined ? {} : { endUnixNano: `${end}` }) },
        text,
      })
    await mark('here it began', epoch + second)
    await mark('slow', epoch, epoch + 5n * second)
    const deployment = { at: 2n * second, attributes: { 'spanlight.annotation.kind': 'deployment' } }
    await server.send('logs', logsOf('ci', [{ ...deployment, more: { eventName: 'spanlight.annotation' } }]))
    const list = async (): Promise<{ id: number; text: string }[]> =>
      (await get('annotations')).body.annotations as { id: number; text: string }[]
    expect(await list()).toMatchObject([
      { text: 'slow', kind: 'note', isNote: true, endUnixNano: `${epoch + 5n * second}` },
      { text: 'here it began', kind: 'note', isNote: true, endUnixNano: null },
      { kind: 'deployment', isNote: false, service: 'ci' },
    ])
    const [first, , third] = await list()
    await notebook.run({ name: 'removeNote', id: first?.id ?? -1 })
    await notebook.run({ name: 'removeAnnotation', id: third?.id ?? -1 })
    expect((await list()).map(({ text }) => text)).toEqual(['here it began'])
    expect((await get('logs?service=ci')).body.logs).toHaveLength(1)
    await expect(notebook.run({ name: 'removeAnnotation', id: 4711 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(mark('x', epoch, epoch - 1n)).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('rollups computed anew', () => {
  it('by the app answer the same as before', async () => {
    const before = (await get('overview')).body
    await server.engine.context.settings.rebuildRollups()
    await expect.poll(async () => (await server.engine.context.settings.storage()).rollups.spansToFold).toBe(0)
    expect((await get('overview')).body).toEqual(before)
  })

  it('by the command line are those of the stored spans', async () => {
    await using sandbox = new CliSandbox()
    const db = openWriter(sandbox.db, { durable: false })
    const store = new StoreWriter(db)
    const bytes = Buffer.from(
      JSON.stringify(
        tracesOf('cart', [
          { id: 1, kind: 2 },
          { id: 2, kind: 2 },
        ]),
      ),
    )
    ingest(store, [{ signal: 'traces', encoding: 'json', bytes }], sandbox.db)
    db.exec('DELETE FROM rollup; DELETE FROM service_rollup')
    db.close()
    const rebuild = sandbox.run(['rebuild', '--db', sandbox.db])
    expect([(await rebuild.ended).code, rebuild.stdout()]).toEqual([0, expect.stringContaining('computed anew')])
    const reader = openReader(sandbox.db)
    const folded = reader.prepare('SELECT width_s, sum(n) AS n FROM rollup GROUP BY width_s').raw().all()
    reader.close()
    expect(folded).toEqual([10n, 60n, 600n].map((width) => [width, 2n]))
    const nowhere = sandbox.run(['rebuild', '--db', `${sandbox.db}.none`])
    expect([(await nowhere.ended).code, nowhere.stderr()]).toEqual([1, expect.stringContaining('NOT_FOUND')])
  })

  it('by the command line wait for nobody who has the database', async () => {
    await using sandbox = new CliSandbox()
    const rebuild = sandbox.run(['rebuild', '--db', server.engine.databasePath])
    expect([(await rebuild.ended).code, rebuild.stderr()]).toEqual([1, expect.stringContaining('STORE_LOCKED')])
  })
})

describe('percentiles over REST', () => {
  it('lie within 1 % of the exact nearest rank of what was sent', async () => {
    // Most are quick, one in ten is a hundred times slower.
    const durations = Array.from({ length: 2_000 }, (_, index) =>
      Math.round((index % 10 === 0 ? 2_000 : 20) * ms * (1 + ((index * 7_919) % 1_000) / 1_000)),
    )
    const spans = durations.map((duration, index) => ({
      ...{ trace: 1_000 + index, id: 1, kind: 2, name: 'GET /mixed', duration },
      start: BigInt(index % 600) * second,
    }))
    for (let first = 0; first < spans.length; first += 500) {
      expect((await server.send('traces', tracesOf('mixed', spans.slice(first, first + 500)))).status).toBe(200)
    }
    const sorted = durations.toSorted((left, right) => left - right)
    const range = `service=mixed&start=${epoch}&end=${epoch + 600n * second}`
    const { totals } = (await get(`overview?${range}`)).body as { totals: { all: Record<string, number> } }
    const { operations } = (await get(`operations?${range}`)).body as { operations: Record<string, number>[] }
    for (const [name, share] of [
      ['p50Ns', 0.5],
      ['p95Ns', 0.95],
      ['p99Ns', 0.99],
    ] as const) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
      for (const found of [totals.all[name], operations[0]?.[name]])
        expect(Math.abs((found ?? Number.NaN) - exact)).toBeLessThanOrEqual(0.01 * exact)
    }
  })
})
