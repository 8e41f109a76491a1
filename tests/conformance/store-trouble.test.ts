/** A store that can't be written for a while: senders are asked to come back, the app says why, and it heals by itself. */

import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'
import { scratchStore } from '../support/scratch-store.ts'

const request = (trace: number) => tracesOf('shop', [{ trace, id: 1 }])

describe('a full disk', () => {
  it('refuses for now, keeps what it had, and takes the same data later', () => {
    using store = scratchStore()
    expect(store.send('traces', request(1)).problem).toBeUndefined()
    store.write((db) => db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`))
    const big = tracesOf(
      'shop',
      Array.from({ length: 2_000 }, (_, index) => ({ trace: 2, id: index + 1 })),
    )
    const refused = store.send('traces', big)
    expect(refused.outcomes).toMatchObject([{ kind: 'unavailable', retryAfterSeconds: expect.any(Number) }])
    expect(refused.problem).toMatchObject({ code: 'DISK_FULL' })
    expect(store.sql('SELECT count(*) AS n FROM span')).toEqual([{ n: 1n }])
    store.write((db) => db.pragma('max_page_count = 1000000'))
    expect(store.send('traces', big).outcomes).toMatchObject([{ kind: 'committed' }])
    expect(store.sql('SELECT count(*) AS n FROM span')).toEqual([{ n: 2_001n }])
  })
})

describe('a database that another program locked', () => {
  it('answers 503 with Retry-After, shows the problem, and recovers without new data', async () => {
    await using engine = await runningEngine()
    const send = (trace: number): Promise<Response> =>
      fetch(`${engine.endpoints.http}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request(trace)),
      })
    expect((await send(1)).status).toBe(200)
    const other = new Sqlite(engine.databasePath)
    other.exec('BEGIN IMMEDIATE')
    const refused = await send(2)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await engine.context.status.health()).toMatchObject({ status: 'degraded' })
    expect((await engine.context.status.status()).problem).toMatch(/lock/)
    expect((await engine.context.status.ingest()).refusals[0]).toMatchObject({ status: '503', transport: 'http' })
    other.exec('ROLLBACK')
    other.close()
    await vi.waitFor(async () => expect((await engine.context.status.status()).problem).toBeNull(), { timeout: 10_000 })
    expect((await send(2)).status).toBe(200)
    expect((await engine.context.status.health()).counts.spans).toBe(2)
  })
})
