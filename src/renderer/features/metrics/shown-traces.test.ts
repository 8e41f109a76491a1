import { describe, expect, test } from 'vitest'
import { unitOf } from '../../ui/unit.ts'
import { tracesOf } from './shown-traces.ts'

const time = { startUnixNano: '1000', endUnixNano: '2000' }
const closed = { isOpenBelow: false, isOpenAbove: false }

describe('the traces behind a part of a chart', () => {
  test('that time, and the service where there is one', () => {
    const part = { metric: 'process.memory.usage', unit: unitOf('By'), selection: time, ...closed }
    expect(tracesOf({ ...part, service: undefined })).toEqual({ range: undefined, start: '1000', end: '2000' })
    expect(tracesOf({ ...part, service: 'shop' }).service).toBe('shop')
    expect(tracesOf({ ...part, service: 'shop' }).of).toBeUndefined()
  })

  test('durations of requests and calls, with their own duration', () => {
    const selection = { ...time, minValue: 0.25, maxValue: 1 }
    const part = { unit: unitOf('s'), service: 'shop', selection, ...closed }
    expect(tracesOf({ ...part, metric: 'http.server.request.duration' })).toMatchObject({
      of: 'requests',
      min: '250000001ns',
      max: '1s',
    })
    expect(tracesOf({ ...part, metric: 'rpc.client.duration', unit: unitOf('ms') })).toMatchObject({
      of: 'clients',
      min: '250001ns',
      max: '1ms',
    })
    expect(tracesOf({ ...part, metric: 'http.server.request.duration', isOpenAbove: true }).max).toBeUndefined()
    expect(tracesOf({ ...part, metric: 'http.server.request.duration', isOpenBelow: true }).min).toBeUndefined()
    expect(tracesOf({ ...part, metric: 'queue.wait.duration' }).of).toBeUndefined()
    expect(tracesOf({ ...part, metric: 'http.server.request.duration', unit: unitOf('By') }).of).toBeUndefined()
  })
})
