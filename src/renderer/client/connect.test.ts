import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from './connect.ts'
import { retryDelayMs, socketCarrier } from './socket-carrier.ts'

class FakeSocket extends EventTarget {
  static readonly opened: FakeSocket[] = []
  readyState = 0
  constructor() {
    super()
    FakeSocket.opened.push(this)
  }
  send(): void {}
  open(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  close(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
}

const sockets = FakeSocket.opened
const last = () => sockets.at(-1) ?? new FakeSocket()
let healthStatus: number | undefined

beforeEach(() => {
  vi.useFakeTimers()
  sockets.length = 0
  healthStatus = undefined
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async () => {
    if (healthStatus === undefined) throw new TypeError('failed to fetch')
    return { status: healthStatus }
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the connection', () => {
  test('says when it is there and when it is lost', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    expect(connection.state.get()).toBe('connecting')
    last().open()
    expect(connection.state.get()).toBe('connected')
    last().close()
    await vi.advanceTimersByTimeAsync(0)
    expect(connection.state.get()).toBe('reconnecting')
  })

  test('comes back by itself', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    last().open()
    last().close()
    await vi.advanceTimersByTimeAsync(retryDelayMs(0) * 2)
    expect(sockets).toHaveLength(2)
    last().open()
    expect(connection.state.get()).toBe('connected')
  })

  test('a new token on the other side refuses it', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    last().open()
    last().close()
    healthStatus = 401
    await vi.advanceTimersByTimeAsync(retryDelayMs(0) * 2)
    last().close()
    await vi.advanceTimersByTimeAsync(0)
    expect(connection.state.get()).toBe('refused')
    await expect(connection.link.call(['x'], undefined, { context: {} })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    })
  })

  test('calls under way fail at once when it breaks', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    last().open()
    const call = connection.link.call(['x'], undefined, { context: {} })
    const failure = expect(call).rejects.toMatchObject({ code: 'DISCONNECTED' })
    await vi.advanceTimersByTimeAsync(0)
    last().close()
    await failure
  })

  test('a call made while it is down can be given up', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    const abort = new AbortController()
    const call = connection.link.call(['x'], undefined, { context: {}, signal: abort.signal })
    const failure = expect(call).rejects.toThrow('enough')
    abort.abort(new Error('enough'))
    await failure
  })

  test('a person can ask for the next attempt now', async () => {
    const connection = connect(socketCarrier('ws://x/api/ws'))
    last().open()
    last().close()
    await vi.advanceTimersByTimeAsync(0)
    connection.retryNow()
    expect(sockets).toHaveLength(2)
  })

  test('attempts get rarer, up to five seconds', () => {
    expect([0, 1, 2, 10].map(retryDelayMs)).toEqual([250, 500, 1_000, 5_000])
  })
})
