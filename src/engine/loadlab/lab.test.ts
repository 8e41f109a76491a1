/** A lab that can't start leaves nothing behind. */

import { Server } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { builtInScenario } from './built-in.ts'
import { Lab } from './lab.ts'

afterEach(() => vi.restoreAllMocks())

it('says so when ports are exhausted, and frees those it had', async () => {
  const listen = Server.prototype.listen
  const servers: Server[] = []
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    servers.push(this)
    if (servers.length > 4) {
      queueMicrotask(() =>
        this.emit('error', Object.assign(new Error('listen EADDRNOTAVAIL'), { code: 'EADDRNOTAVAIL' })),
      )
      return this
    }
    return Reflect.apply(listen, this, args) as Server
  })
  const started = Lab.start({
    scenario: builtInScenario('checkout-shop'),
    endpoint: { protocol: 'http', url: 'http://127.0.0.1:9' },
    rate: 20,
    profile: 'steady',
    weights: {},
    seed: 1,
    paused: false,
    target: undefined,
    version: 'test',
  })
  await expect(started).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('EADDRNOTAVAIL'),
  })
  expect(servers.length).toBeGreaterThan(4)
  expect(servers.filter((server) => server.listening)).toEqual([])
})
