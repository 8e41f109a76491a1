/** The engine's threads: cancelling crosses them, and stopping refuses what comes too late. */

import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { traceListInputSchema } from '../../src/shared/contract/traces.ts'
import { call } from '../support/http-client.ts'
import { traceIdOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

const everything = traceListInputSchema.parse({ attr: 'never=there' })

const send = (url: string, spans: number): ReturnType<typeof call> =>
  call(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      tracesOf(
        'cart',
        Array.from({ length: spans }, (_, index) => ({ trace: index + 1, id: 1 })),
      ),
    ),
  })

describe('a query', () => {
  it('that nobody wants any more ends with CANCELLED, and the reader goes on', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http, 20_000)
    const { readers } = engine.context
    const controller = new AbortController()
    const listing = readers.query('listTraces', everything, controller.signal)
    controller.abort()
    await expect(listing).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(readers.query('listTraces', everything, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    })
    const { traces } = await readers.query('listTraces', traceListInputSchema.parse({ limit: 1 }))
    expect(traces).toHaveLength(1)
  })

  it('that fails keeps its code across threads', async () => {
    await using engine = await runningEngine()
    const { readers } = engine.context
    await expect(readers.query('traceSummary', { traceId: traceIdOf(1) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      name: 'SpanlightError',
    })
  })
})

describe('an engine that stopped', () => {
  it('leaves one database file, closed ports and no open query', async () => {
    const engine = await runningEngine()
    expect((await send(engine.endpoints.http, 10)).status).toBe(200)
    const asking = engine.context.readers.query('listTraces', everything)
    await engine.close()
    await asking.catch((error: unknown) => expect(error).toMatchObject({ code: 'CANCELLED' }))
    expect([engine.databasePath, `${engine.databasePath}-wal`].map((file) => existsSync(file))).toEqual([true, false])
    await expect(send(engine.endpoints.http, 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await engine[Symbol.asyncDispose]()
  })

  it('does not start on a port or database that is taken, and leaves nothing behind', async () => {
    await using engine = await runningEngine()
    const port = Number(new URL(engine.endpoints.http).port)
    await expect(runningEngine({ otlpHttp: { port, explicit: true } })).rejects.toMatchObject({ code: 'PORT_TAKEN' })
    await expect(runningEngine({ databasePath: engine.databasePath })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    expect((await send(engine.endpoints.http, 1)).status).toBe(200)
  })
})
