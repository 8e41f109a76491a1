import { describe, expect, it } from 'vitest'
import { overviewUrlSchema, toFilter } from './overview-url.ts'

describe("the Overview's URL", () => {
  it('is read from strings, and what can not be read is as if absent', () => {
    expect(
      overviewUrlSchema.parse({
        view: 'clients',
        latency: 'failed',
        scale: 'linear',
        resource: 'a',
        sort: 'p99',
        order: 'up',
      }),
    ).toEqual({ view: 'clients', latency: 'failed', scale: 'linear', resource: ['a'], sort: 'p99', order: 'up' })
    expect(overviewUrlSchema.parse({ view: 'x', latency: ['all', 'ok'], scale: 'log', sort: '1', order: '2' })).toEqual(
      {},
    )
  })
})

describe('toFilter', () => {
  it('counts requests of everything unless told otherwise', () => {
    expect(toFilter({}, undefined)).toEqual({ view: 'requests' })
    expect(toFilter({ view: 'clients' }, 'cart')).toEqual({ view: 'clients', service: 'cart' })
  })

  it('narrows to an operation of its own service', () => {
    const url = { operation: 'GET /', kind: 'server', operationService: 'cart' }
    const narrowed = { view: 'requests', service: 'cart', operation: 'GET /', kind: 'server' }
    expect(toFilter(url, undefined)).toEqual(narrowed)
    expect(toFilter(url, 'cart')).toEqual(narrowed)
  })

  it('forgets an operation of another service than the chosen one', () => {
    expect(toFilter({ operation: 'GET /', operationService: 'cart' }, 'payment')).toEqual({
      view: 'requests',
      service: 'payment',
    })
  })
})
