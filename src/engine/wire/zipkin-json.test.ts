/** Zipkin's spans keep all they say. */

import { expect, it } from 'vitest'
import { toHex } from '#shared/model/ids.ts'
import { plainAttributes, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import { decodeTracesJson } from './otlp-traces-json.ts'
import { zipkinFormat } from './zipkin-json.ts'

const context = { service: undefined, fallbackUnixNano: 77n }

function decoded(...values: unknown[]) {
  const batch = decodeTracesJson({ ...zipkinFormat.toOtlp(values, context) })
  return batch.records.map((span) => ({
    ...span,
    service: batch.resources[span.resource]?.serviceName,
    traceId: toHex(span.traceId),
    parentSpanId: span.parentSpanId && toHex(span.parentSpanId),
    attributes: plainAttributes(unpackAttributes(span.attributes)),
    events: unpackList(span.events).map((event) => [event.get('timeUnixNano'), event.get('name')]),
  }))
}

const span = { traceId: '48485a3953bb6124', id: '1', name: 'get', timestamp: 1700000000000001, duration: 5 }

it('takes endpoints for what they name, and keeps the rest of them', () => {
  const client = {
    ...span,
    kind: 'CLIENT',
    localEndpoint: { serviceName: 'cart', ipv4: '10.0.0.1', port: 80 },
    remoteEndpoint: { serviceName: 'stock', ipv4: '10.0.0.2', ipv6: '::2' },
    annotations: [{ timestamp: 1700000000000002, value: 'retry' }],
    tags: { 'peer.service': 'mine', 'http.path': '/a' },
  }
  expect(zipkinFormat.recognises(client)).toBe(true)
  expect(decoded([client])).toMatchObject([
    {
      service: 'cart',
      traceId: '000000000000000048485a3953bb6124',
      parentSpanId: null,
      kind: 3,
      startUnixNano: 1700000000000001000n,
      endUnixNano: 1700000000000006000n,
      attributes: {
        'peer.service': 'mine',
        'http.path': '/a',
        'network.local.address': '10.0.0.1',
        'network.local.port': 80,
        'zipkin.remote.serviceName': 'stock',
        'network.peer.address': '10.0.0.2',
        'zipkin.remote.ipv6': '::2',
      },
      events: [[1700000000000002000n, 'retry']],
    },
  ])
})

it('keeps both halves of a shared span, and marks the one that says so', () => {
  const halves = decoded({ ...span, kind: 'CLIENT' }, { ...span, kind: 'SERVER', shared: true, parentId: '9' })
  expect(halves.map(({ kind, attributes }) => [kind, attributes])).toEqual([
    [3, {}],
    [2, { 'zipkin.shared': true }],
  ])
  expect(halves[1]?.parentSpanId).toBe('0000000000000009')
})

it.each([
  [{ error: '' }, 2, ''],
  [{ error: 'true' }, 2, ''],
  [{ error: 'timeout' }, 2, 'timeout'],
  [{ error: 'false' }, 0, ''],
  [{ 'otel.status_code': 'ERROR', error: 'full' }, 2, 'full'],
  [{ 'otel.status_code': 'OK' }, 1, ''],
])('reads the status of %j', (tags, statusCode, statusMessage) => {
  expect(decoded({ ...span, tags })).toMatchObject([{ statusCode, statusMessage }])
})

it('gives a span without a time that of its first annotation, else that of the import', () => {
  const { timestamp: _timestamp, duration: _duration, ...timeless } = span
  const annotations = [
    { timestamp: 1700000000000009, value: 'b' },
    { timestamp: 1700000000000004, value: 'a' },
  ]
  expect(decoded({ ...timeless, annotations }, timeless)).toMatchObject([
    { startUnixNano: 1700000000000004000n, attributes: { 'otel.zipkin.absentField.startTime': true } },
    { startUnixNano: 77n, endUnixNano: 77n },
  ])
})
