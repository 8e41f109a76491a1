import { describe, expect, it } from 'vitest'
import { SpanlightError } from '#shared/contract/errors.ts'
import { onFreePort } from './free-port.ts'

/** Starts on any port that isn't taken; remembers what was tried. */
function machine(taken: (port: number) => boolean): { tried: number[]; start: (port: number) => Promise<number> } {
  const tried: number[] = []
  return {
    tried,
    start: async (port) => {
      tried.push(port)
      if (taken(port)) throw new SpanlightError('PORT_TAKEN', `${port} is taken`)
      return port
    },
  }
}

describe('a port', () => {
  it('that is free is taken at once', async () => {
    const { start, tried } = machine(() => false)
    expect(await onFreePort({ port: 4317, explicit: false }, start)).toBe(4317)
    expect(tried).toEqual([4317])
  })

  it('that was asked for is that one or none', async () => {
    const { start, tried } = machine(() => true)
    await expect(onFreePort({ port: 4317, explicit: true }, start)).rejects.toMatchObject({ code: 'PORT_TAKEN' })
    expect(tried).toEqual([4317])
  })

  it('that is a default gives way to one that is no other default', async () => {
    const { start, tried } = machine((port) => port < 4340)
    expect(await onFreePort({ port: 4317, explicit: false }, start)).toBe(4347)
    expect(tried).not.toContain(4318)
    expect(tried).not.toContain(4319)
  })

  it('is any free one in the end', async () => {
    const { start, tried } = machine((port) => port !== 0)
    expect(await onFreePort({ port: 4317, explicit: false }, start)).toBe(0)
    expect(new Set(tried).size).toBe(tried.length)
  })

  it('is not looked for when something else is wrong', async () => {
    let tries = 0
    const start = (): Promise<never> => {
      tries++
      return Promise.reject(new SpanlightError('BAD_INPUT', 'no such address'))
    }
    await expect(onFreePort({ port: 4317, explicit: false }, start)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    expect(tries).toBe(1)
  })
})
