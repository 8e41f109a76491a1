/** The load lab's process: commands that cross each other, and a sudden death of which nothing is left. */

import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import type { LabStartMessage } from '../../src/engine/loadlab/lab-messages.ts'
import type { LabStatus } from '../../src/shared/contract/loadlab-status.ts'
import { isAlive } from '../support/cli-process.ts'
import { runningEngine } from '../support/running-engine.ts'

const forked = vi.hoisted(() => [] as ChildProcess[])
vi.mock('../../src/engine/threads/child-process.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/engine/threads/child-process.ts')>()
  return {
    ...original,
    forkEntry: (...args: Parameters<typeof original.forkEntry>) => {
      const child = original.forkEntry(...args)
      forked.push(child)
      return child
    },
  }
})

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

const shop: LabStartMessage = {
  scenario: 'checkout-shop',
  rate: 20,
  profile: 'steady',
  seed: 1,
  paused: false,
  script: [],
}
const start = (input: Partial<LabStartMessage> = {}): Promise<LabStatus> =>
  engine.context.loadlab.command({ name: 'start', input: { ...shop, ...input } })
const stop = (): Promise<LabStatus> => engine.context.loadlab.command({ name: 'stop' })
const burn = (): Promise<LabStatus> =>
  engine.context.loadlab.command({
    name: 'setFault',
    input: { fault: 'cpu-burn', where: undefined, strength: 50, durationSeconds: undefined },
  })

/** On the time charts, and whether they have ended. */
const marks = async (): Promise<[string, boolean][]> => {
  const { annotations } = await engine.context.readers.query('listAnnotations', {})
  return annotations.map(({ text, endUnixNano }) => [text, endUnixNano !== null])
}

const urlsOf = ({ run }: LabStatus): string[] => run?.services.map(({ url }) => url) ?? []
async function listening(urls: readonly string[]): Promise<number> {
  const answers = await Promise.allSettled(urls.map((url) => fetch(url)))
  return answers.filter(({ status }) => status === 'fulfilled').length
}

describe('commands at once', () => {
  it('two starts: the second takes the place of the first, whose ports are free', async () => {
    const [first, second] = await Promise.all([start({ seed: 1 }), start({ seed: 2, scenario: 'async-pipeline' })])
    expect(first).toMatchObject({ state: 'running', run: { scenario: 'checkout-shop', seed: 1 } })
    expect(second).toMatchObject({ state: 'running', problem: null, run: { scenario: 'async-pipeline', seed: 2 } })
    expect(engine.context.loadlab.status).toBe(second)
    const urls = urlsOf(second)
    expect([await listening(urls), forked.length]).toEqual([urls.length, 1])
    const gone = urlsOf(first).filter((url) => !urls.includes(url))
    expect([gone.length, await listening(gone)]).toEqual([9, 0])
  })

  it('what comes while it stops is answered with BUSY, and starts nothing', async () => {
    const [stopped, fault, reset, again] = await Promise.allSettled([
      stop(),
      burn(),
      engine.context.loadlab.resetExercise(),
      stop(),
    ])
    expect(stopped).toMatchObject({ status: 'fulfilled', value: { state: 'stopped', run: null, problem: null } })
    const busy = {
      status: 'rejected',
      reason: { code: 'BUSY', message: expect.stringMatching(/start a scenario first/) },
    }
    expect([fault, reset]).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      expect.objectContaining({ status: 'rejected' }),
    ])
    expect([fault, reset]).toMatchObject([busy, busy])
    expect(again).toMatchObject({ status: 'fulfilled', value: { state: 'stopped' } })
  })
})

describe('sudden death', () => {
  it('is told with what to do, fails what waits, and frees every port; it starts again', async () => {
    const started = await start()
    await burn()
    await vi.waitFor(async () => expect(await marks()).toEqual([['CPU burn: payment, 50 %', false]]))
    const urls = urlsOf(started)
    expect(await listening(urls)).toBe(9)
    const [child] = forked.slice(-1)
    const waiting = start({ seed: 3 })
    child?.kill('SIGKILL')
    await expect(waiting).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringMatching(/ended unexpectedly/),
    })
    expect(engine.context.loadlab.status).toEqual({
      state: 'stopped',
      problem: 'The load lab ended unexpectedly. Start it again.',
      run: null,
      faults: [],
      scheduled: [],
      annotations: [],
      mystery: null,
    })
    expect([await listening(urls), isAlive(child?.pid ?? 0)]).toEqual([0, false])

    expect(await start({ seed: 4 })).toMatchObject({ state: 'running', problem: null, run: { seed: 4 }, faults: [] })
    await vi.waitFor(() => expect(engine.context.loadlab.status.run?.telemetry.spans).toBeGreaterThan(0), 10_000)
    expect(await stop()).toMatchObject({ state: 'stopped', problem: null })
  })

  it('ends its annotations, which would go on for ever', async () => {
    await vi.waitFor(async () => expect(await marks()).toEqual([['CPU burn: payment, 50 %', true]]))
  })

  it('of the engine takes the lab along', async () => {
    const urls = urlsOf(await start())
    const [child] = forked.slice(-1)
    // All that the lab sees of an engine that is killed.
    child?.disconnect()
    await vi.waitFor(() => expect(isAlive(child?.pid ?? 0)).toBe(false), 10_000)
    expect(await listening(urls)).toBe(0)
  })

  it('while the engine closes is no trouble', async () => {
    await start()
    const [child] = forked.slice(-1)
    const closing = engine.close()
    child?.kill('SIGKILL')
    await closing
    expect(isAlive(child?.pid ?? 0)).toBe(false)
    await expect(start()).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
