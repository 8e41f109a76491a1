import { describe, expect, test } from 'vitest'
import type { Status } from '#shared/contract/status.ts'
import { ingestParts, lossText, portOf } from './ingest-text.ts'

const status: Status = {
  version: '0.1.0',
  revision: 1,
  state: 'receiving',
  receivers: { grpc: 'http://127.0.0.1:4317', http: 'http://[::1]:4318/' },
  database: { path: '/tmp/x.db', bytes: 312_000_000 },
  session: { serial: 1, name: 'x', notice: null },
  counts: { spans: 1, traces: 1, logs: 0, points: 0 },
  rates: { spans: 1_240, logs: 12, points: 0 },
  losses: [],
  newestUnixNano: '1',
  problem: null,
}

describe('the ingest status', () => {
  test('ports come from any form of endpoint', () => {
    expect(portOf('127.0.0.1:4317')).toBe('4317')
    expect(portOf('http://[::1]:4318/')).toBe('4318')
    expect(portOf('http://localhost')).toBeUndefined()
  })

  test('while receiving it says how fast', () => {
    expect(ingestParts(status)).toEqual(['1,240 spans/s', 'gRPC 4317', 'HTTP 4318', '298 MiB'])
    expect(ingestParts({ ...status, rates: { spans: 0, logs: 3, points: 0 } })[0]).toBe('3 logs/s')
  })

  test('else it says what it does', () => {
    expect(ingestParts({ ...status, state: 'idle' })[0]).toBe('Idle')
    expect(ingestParts({ ...status, state: 'paused' })[0]).toBe('Paused')
  })

  test('losses are summed, without what retention pruned', () => {
    expect(lossText(status)).toBeUndefined()
    const losses = [
      { signal: 'traces', reason: 'bad id', count: 3 },
      { signal: 'logs', reason: 'too large', count: 9 },
      { signal: 'logs', reason: 'pruned: over the size limit', count: 1_000 },
    ]
    expect(lossText({ ...status, losses })).toBe('12 lost')
  })
})
