/** The processes of statements: killed by a cancel and by limits, several at once, and gone without harm. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { forkSqlProcess, type SqlProcess } from '../../src/engine/sql/sql-process.ts'
import { SqlRunner } from '../../src/engine/sql/sql-runner.ts'
import { type SqlEvent, sqlLimits } from '../../src/shared/contract/sql.ts'
import { tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'
import { requestOf, resultOf } from '../support/sql-result.ts'

const forever = 'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)'
const endless = `${forever} SELECT count(*) FROM c`
const hour = 3_600_000

let store: ScratchStore
beforeAll(() => {
  store = scratchStore()
  store.send('traces', tracesOf('checkout', [{ id: 1 }]))
})
afterAll(() => store[Symbol.dispose]())

let runner: SqlRunner | undefined
afterEach(() => runner?.close())

interface Started {
  readonly runner: SqlRunner
  readonly processes: SqlProcess[]
  exits: number
  run(query: string, options?: { timeLimitMs?: number; signal?: AbortSignal }): AsyncGenerator<SqlEvent>
}

function start(memoryBytes?: number): Started {
  const started: Started = {
    runner: new SqlRunner((events) => {
      const process = forkSqlProcess(
        {
          message: events.message,
          exited: (how) => {
            started.exits++
            events.exited(how)
          },
        },
        memoryBytes,
      )
      started.processes.push(process)
      return process
    }),
    processes: [],
    exits: 0,
    run: (query, { timeLimitMs = hour, signal } = {}) =>
      started.runner.run(requestOf(store.file, query), { timeLimitMs, signal }),
  }
  runner = started.runner
  return started
}

async function all(events: AsyncIterable<SqlEvent>): Promise<SqlEvent[]> {
  const list: SqlEvent[] = []
  for await (const event of events) list.push(event)
  return list
}

describe('a statement that never ends', () => {
  it('is killed by its time limit, which another statement does not feel', async () => {
    const { run, processes } = start()
    const slow = expect(all(run(endless, { timeLimitMs: 200 }))).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('took longer than 0.2 s'),
    })
    expect(resultOf(await all(run('SELECT count(*) FROM span'))).rows).toEqual([[1]])
    await slow
    expect(processes).toHaveLength(2)
  })

  it('is killed when it is cancelled, at once and in the middle of SQLite', async () => {
    const started = start()
    const stop = new AbortController()
    const events = started.run(endless, { signal: stop.signal })
    // Its columns are there, so it runs.
    await events.next()
    const stopped = performance.now()
    stop.abort()
    await expect(events.next()).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - stopped).toBeLessThan(500)
    await expect.poll(() => started.exits, { timeout: 10_000 }).toBe(1)
    expect(resultOf(await all(started.run('SELECT 1'))).rows).toEqual([[1]])
  })

  it('is killed when nobody takes its rows any more', async () => {
    const started = start()
    for await (const event of started.run(`${forever} SELECT n FROM c`)) if (event.type === 'rows') break
    await expect.poll(() => started.exits, { timeout: 10_000 }).toBe(1)
  })

  it('is killed when it takes too much memory', async () => {
    const { run } = start(200 * 1024 * 1024)
    await expect(all(run(`${forever} SELECT n, printf('%.*c', 1000, 'x') FROM c ORDER BY 2`))).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining('memory'),
    })
  })
})

it('waits with the next page until the last one was taken', async () => {
  const { run } = start()
  const events = run(`${forever} SELECT n FROM c LIMIT 3000`, { timeLimitMs: 5_000 })
  await events.next()
  const first = await events.next()
  expect(first).toMatchObject({ value: { type: 'rows' } })
  const rest = await all(events)
  expect(rest.map(({ type }) => type)).toEqual(['rows', 'rows', 'end'])
  expect(rest.at(-1)).toMatchObject({ rowCount: 3_000, truncated: null })
})

it('uses a process again, and survives the end of one', async () => {
  const { run, processes } = start()
  await all(run('SELECT 1'))
  await all(run('SELECT 2'))
  expect(processes).toHaveLength(1)
  processes[0]?.kill()
  expect(resultOf(await all(run('SELECT 3'))).rows).toEqual([[3]])
  expect(processes).toHaveLength(2)
  const events = run(endless)
  await events.next()
  processes.at(-1)?.kill()
  await expect(events.next()).rejects.toMatchObject({ message: expect.stringContaining('ended by itself') })
  expect(resultOf(await all(run('SELECT 4'))).rows).toEqual([[4]])
})

it('runs no more than a few at once', async () => {
  const { run } = start()
  const running = Array.from({ length: sqlLimits.running }, () => run(endless))
  await Promise.all(running.map((events) => events.next()))
  await expect(all(run('SELECT 1'))).rejects.toMatchObject({ code: 'BUSY' })
  await running[0]?.return(undefined)
  expect(resultOf(await all(run('SELECT 1'))).rows).toEqual([[1]])
})

it('ends everything when it is closed', async () => {
  const started = start()
  const events = started.run(endless)
  await events.next()
  started.runner.close()
  await expect(events.next()).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect.poll(() => started.exits, { timeout: 10_000 }).toBe(1)
})
