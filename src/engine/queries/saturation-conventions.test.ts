import { describe, expect, it } from 'vitest'
import { saturationKinds } from '#shared/contract/saturation.ts'
import { advice } from './saturation-advice.ts'
import { allParts, conventions } from './saturation-conventions.ts'
import { conventionsOf } from './saturation-lookup.ts'

describe('the table of saturation', () => {
  it('lists each metric once for each kind', () => {
    const keys = conventions.map(({ kind, metric }) => `${kind} ${metric}`)
    expect(keys).toEqual([...new Set(keys)])
  })

  it('names metrics as semantic conventions do', () => {
    for (const { metric } of conventions) expect(metric).toMatch(/^[a-z][a-z0-9]*([._][a-z0-9]+)+$/)
  })

  it('takes no metric for its own limit, and no sum of parts where there are none', () => {
    for (const { metric, limits = [], parts } of conventions) {
      expect(limits).not.toContain(metric)
      if (limits.includes(allParts)) expect(parts).toBeDefined()
    }
  })

  it('finds every kind, and advises metrics that would be found', () => {
    for (const kind of saturationKinds) {
      expect([kind, conventions.some((convention) => convention.kind === kind)]).toEqual([kind, true])
      const named = advice[kind].metrics.filter((metric) => !metric.startsWith('<'))
      expect([kind, named.some((metric) => conventionsOf(metric).some((found) => found.kind === kind))]).toEqual([
        kind,
        true,
      ])
    }
  })

  it('knows queues and lags by how they are called', () => {
    expect(conventionsOf('otel.sdk.processor.span.queue.size')).toMatchObject([
      { kind: 'queue', limits: expect.arrayContaining(['otel.sdk.processor.span.queue.capacity']) },
    ])
    expect(conventionsOf('shop.orders.queue.depth')).toMatchObject([{ kind: 'queue', title: 'Queue shop.orders' }])
    expect(conventionsOf('messaging.kafka.consumer.lag')).toMatchObject([{ kind: 'queue', title: 'Consumer lag' }])
    expect(conventionsOf('http.server.request.duration')).toEqual([])
    expect(conventionsOf('my.lag')).toEqual([])
  })
})
