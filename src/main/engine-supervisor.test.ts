import { describe, expect, test } from 'vitest'
import type { EngineState } from '#shared/contract/host.ts'
import type { EngineStart } from '../engine/process-messages.ts'
import type { EngineEvents } from './engine-process.ts'
import { EngineSupervisor } from './engine-supervisor.ts'

interface Fork {
  readonly start: EngineStart
  readonly events: EngineEvents
  readonly followed: boolean[]
}

function supervised() {
  const forks: Fork[] = []
  const states: EngineState[] = []
  let nowMs = 0
  const supervisor = new EngineSupervisor<number>({
    fork(start, events) {
      const fork: Fork = { start, events, followed: [] }
      forks.push(fork)
      const number = forks.length
      return {
        openPort: () => number,
        follow: (on) => void fork.followed.push(on),
        stop: async () => events.exited(0, ''),
      }
    },
    describe: (failure, lastWords) => ({ ...failure, report: `${failure.code} ${lastWords}`.trim() }),
    onState: (state) => void states.push(state),
    onIntake: () => undefined,
    onReady: () => undefined,
    nowMs: () => nowMs,
  })
  const last = (): EngineEvents => {
    const fork = forks.at(-1)
    if (fork === undefined) throw new Error('nothing was started')
    return fork.events
  }
  return {
    supervisor,
    forks,
    kinds: () => states.map(({ kind }) => kind),
    isReady: () => last().ready({ grpc: '', http: '', databasePath: '/data/x.db', notices: [] }),
    isRefused: () => last().failed({ code: 'STORE_LOCKED', message: 'Locked.' }, '/data/x.db'),
    exits: (code: number, lastWords = '') => last().exited(code, lastWords),
    wait: (ms: number) => {
      nowMs += ms
    },
  }
}

const start: EngineStart = { version: '1.0.0' }

describe('the engine', () => {
  test('gives ports once it runs', () => {
    const { supervisor, isReady, kinds } = supervised()
    supervisor.start(start)
    expect(supervisor.openPort()).toBeUndefined()
    isReady()
    expect(supervisor.openPort()).toBe(1)
    expect(kinds()).toEqual(['starting', 'running'])
  })

  test('is started again when it dies, with what it was started with', () => {
    const { supervisor, forks, isReady, exits, kinds } = supervised()
    supervisor.start(start)
    isReady()
    exits(9)
    expect(supervisor.openPort()).toBeUndefined()
    isReady()
    expect(forks.map((fork) => fork.start)).toEqual([start, start])
    expect(supervisor.openPort()).toBe(2)
    expect(kinds()).toEqual(['starting', 'running', 'restarting', 'running'])
    expect(supervisor.state).toEqual({ kind: 'running', restarts: 1, notices: [] })
  })

  test('is started as asked once one that failed has ended, however soon somebody asks', () => {
    const { supervisor, forks, isReady, isRefused, exits, kinds } = supervised()
    supervisor.start(start)
    isRefused()
    const other = { ...start, databasePath: '/data/other.db' }
    supervisor.start(other)
    expect(forks).toHaveLength(1)
    exits(1)
    isReady()
    expect(forks.map((fork) => fork.start)).toEqual([start, other])
    expect(kinds()).toEqual(['starting', 'failed', 'starting', 'running'])
  })

  test('is given up when it dies twice within a minute, with its last words', () => {
    const { supervisor, isReady, exits, wait } = supervised()
    supervisor.start(start)
    isReady()
    exits(9)
    wait(59_000)
    isReady()
    exits(134, 'out of memory')
    expect(supervisor.state).toMatchObject({
      kind: 'failed',
      failure: { code: 'ENGINE_DIED', databasePath: '/data/x.db', report: 'ENGINE_DIED out of memory' },
    })
  })

  test('may die again after a minute', () => {
    const { supervisor, isReady, exits, wait } = supervised()
    supervisor.start(start)
    isReady()
    exits(9)
    isReady()
    wait(61_000)
    exits(9)
    isReady()
    expect(supervisor.state).toEqual({ kind: 'running', restarts: 2, notices: [] })
  })

  test('that cannot start is not started again by itself, but when asked to', () => {
    const { supervisor, forks, isRefused, isReady, exits } = supervised()
    supervisor.start(start)
    isRefused()
    exits(0)
    expect(forks).toHaveLength(1)
    expect(supervisor.state).toMatchObject({ kind: 'failed', failure: { code: 'STORE_LOCKED' } })
    supervisor.start({ ...start, databasePath: '/data/y.db' })
    isReady()
    expect(supervisor.state.kind).toBe('running')
  })

  test('is not started twice', () => {
    const { supervisor, forks } = supervised()
    supervisor.start(start)
    supervisor.start(start)
    expect(forks).toHaveLength(1)
  })

  test('stays stopped', async () => {
    const { supervisor, forks, isReady } = supervised()
    supervisor.start(start)
    isReady()
    await supervisor.stop()
    supervisor.start(start)
    expect(forks).toHaveLength(1)
  })

  test('goes on telling what comes in after a restart', () => {
    const { supervisor, forks, isReady, exits } = supervised()
    supervisor.follow(true)
    supervisor.start(start)
    isReady()
    exits(9)
    expect(forks.map(({ followed }) => followed)).toEqual([[true], [true]])
  })
})
