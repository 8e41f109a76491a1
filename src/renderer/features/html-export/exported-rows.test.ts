import { describe, expect, it } from 'vitest'
import type { ExportedTrace } from '#shared/contract/html-export.ts'
import { matchingTraces, orderedTraces } from './exported-rows.ts'

const trace = (traceId: string, more: Partial<ExportedTrace>): ExportedTrace => ({
  traceId,
  rootService: 'shop',
  rootOperation: 'GET /',
  rootReceived: true,
  startTimeUnixNano: '1',
  durationNs: 1,
  spanCount: 1,
  errorCount: 0,
  services: ['shop'],
  logCount: 0,
  ...more,
})

const traces = [
  trace('a1', { startTimeUnixNano: '1795336500000000001', durationNs: 5 }),
  trace('b2', { startTimeUnixNano: '1795336500000000002', services: ['shop', 'Bank'], errorCount: 2 }),
  trace('c3', { startTimeUnixNano: '1795336500000000003', rootOperation: 'POST /buy', durationNs: 9 }),
]
const ids = (list: readonly ExportedTrace[]) => list.map(({ traceId }) => traceId).join(' ')

describe('the list of an exported file', () => {
  it('finds traces by root, services and id', () => {
    expect(ids(matchingTraces(traces, ''))).toBe('a1 b2 c3')
    expect(ids(matchingTraces(traces, ' bank '))).toBe('b2')
    expect(ids(matchingTraces(traces, '/BUY'))).toBe('c3')
    expect(ids(matchingTraces(traces, 'a1'))).toBe('a1')
    expect(ids(matchingTraces(traces, 'nothing'))).toBe('')
  })

  it('orders them, equal ones newest first', () => {
    expect(ids(orderedTraces(traces, 'newest'))).toBe('c3 b2 a1')
    expect(ids(orderedTraces(traces, 'slowest'))).toBe('c3 a1 b2')
    expect(ids(orderedTraces(traces, 'errors'))).toBe('b2 c3 a1')
  })
})
