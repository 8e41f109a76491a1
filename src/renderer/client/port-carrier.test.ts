import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { enginePortMessage, type HostNews } from '#shared/contract/host.ts'
import { connect } from './connect.ts'
import { portCarrier } from './port-carrier.ts'

let page = new EventTarget()
// One of its own for each test: ports of an earlier one may still close, and ask their host for others.
let host = fakeHost()

function fakeHost() {
  const listeners: ((news: HostNews) => void)[] = []
  const made = {
    asked: 0,
    connect: () => {
      made.asked++
    },
    listen: (listener: (news: HostNews) => void) => {
      listeners.push(listener)
      return () => undefined
    },
    tell: (news: HostNews) => {
      for (const listener of listeners) listener(news)
    },
  }
  return made
}

function post(port: MessagePort, data: unknown = enginePortMessage, source: unknown = page): void {
  page.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port], source }))
}

/** A port whose other end answers nothing. */
function silentPort(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  opened.push(port1, port2)
  return port1
}

let opened: MessagePort[] = []

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  vi.stubGlobal('window', page)
  host = fakeHost()
})

afterEach(() => {
  for (const port of opened) port.close()
  opened = []
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the connection over a port', () => {
  test('asks for a port and takes it', () => {
    const connection = connect(portCarrier(host))
    expect(host.asked).toBe(1)
    expect(connection.state.get()).toBe('connecting')
    post(silentPort())
    expect(connection.state.get()).toBe('connected')
  })

  test('takes no port from elsewhere or under another name', () => {
    const connection = connect(portCarrier(host))
    post(silentPort(), 'hello')
    post(silentPort(), enginePortMessage, null)
    expect(connection.state.get()).toBe('connecting')
  })

  test('fails what was asked when the engine dies, and goes on over the next port', async () => {
    const connection = connect(portCarrier(host))
    post(silentPort())
    const answer = connection.link.call(['status', 'get'], undefined, { context: {} })
    const failed = expect(answer).rejects.toMatchObject({ code: 'DISCONNECTED' })
    await vi.advanceTimersByTimeAsync(1)
    host.tell({ type: 'engine', state: { kind: 'restarting' } })
    await failed
    expect(connection.state.get()).toBe('reconnecting')
    post(silentPort())
    expect(connection.state.get()).toBe('connected')
  })

  test('asks for another port when its own closes', async () => {
    const connection = connect(portCarrier(host))
    const port = silentPort()
    post(port)
    port.dispatchEvent(new Event('close'))
    expect(connection.state.get()).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(host.asked).toBe(2)
  })

  test('asks at once when told to', () => {
    connect(portCarrier(host)).retryNow()
    expect(host.asked).toBe(2)
  })
})
