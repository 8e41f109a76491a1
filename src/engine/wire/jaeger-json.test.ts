/** Jaeger's spans keep all they say. */

import { expect, it } from 'vitest'
import { toHex } from '#shared/model/ids.ts'
import { pairsOf, plainAttributes, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import { jaegerFormat } from './jaeger-json.ts'
import { decodeTracesJson } from './otlp-traces-json.ts'

const context = { service: undefined, fallbackUnixNano: 1n }

function decoded(...values: unknown[]) {
  const batch = decodeTracesJson({ ...jaegerFormat.toOtlp(values, context) })
  return batch.records.map((span) => ({
    ...span,
    service: batch.resources[span.resource]?.serviceName,
    resource: plainAttributes(unpackAttributes(batch.resources[span.resource]?.attributes ?? new Uint8Array([12]))),
    scope: batch.scopes[span.scope]?.name,
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentSpanId: span.parentSpanId && toHex(span.parentSpanId),
    attributes: plainAttributes(unpackAttributes(span.attributes)),
    events: unpackList(span.events),
    links: unpackList(span.links),
  }))
}

const span = { traceID: 'abc', spanID: '1', operationName: 'GET /', startTime: 1700000000000001, duration: 5 }

it('fills short ids, and takes kind, status, scope and state out of the tags', () => {
  const tags = [
    { key: 'span.kind', type: 'string', value: 'server' },
    { key: 'otel.status_code', type: 'string', value: 'ERROR' },
    { key: 'otel.status_description', type: 'string', value: 'no stock' },
    { key: 'error', type: 'bool', value: true },
    { key: 'otel.scope.name', type: 'string', value: 'http' },
    { key: 'w3c.tracestate', type: 'string', value: 'a=b' },
    { key: 'otel.dropped_events_count', type: 'int64', value: 3 },
    { key: 'size', type: 'int64', value: '9007199254740993' },
    { key: 'ratio', type: 'float64', value: 2 },
    { key: 'raw', type: 'binary', value: 'AQI=' },
    { key: 'odd', type: 'int64', value: 'many' },
  ]
  const trace = {
    traceID: 'abc',
    spans: [{ ...span, tags, flags: 1, processID: 'p1', warnings: ['clock skew'] }],
    processes: { p1: { serviceName: 'cart', tags: [{ key: 'host', type: 'string', value: 'a' }] } },
  }
  expect(jaegerFormat.recognises({ data: [trace] })).toBe(true)
  expect(decoded({ data: [trace] })).toMatchObject([
    {
      service: 'cart',
      resource: { 'service.name': 'cart', host: 'a' },
      scope: 'http',
      traceId: '00000000000000000000000000000abc',
      spanId: '0000000000000001',
      parentSpanId: null,
      kind: 2,
      flags: 1,
      startUnixNano: 1700000000000001000n,
      endUnixNano: 1700000000000006000n,
      statusCode: 2,
      statusMessage: 'no stock',
      traceState: 'a=b',
      droppedEventsCount: 3,
      attributes: {
        size: '9007199254740993',
        ratio: 2,
        raw: 'AQI=',
        odd: 'many',
        '@jaeger@warnings': ['clock skew'],
      },
    },
  ])
})

it('sets the status by a bare error tag, which stays', () => {
  const tags = [{ key: 'error', type: 'bool', value: true }]
  expect(decoded({ ...span, tags })).toMatchObject([{ statusCode: 2, attributes: { error: true } }])
  const spelled = [{ key: 'error', type: 'string', value: 'false' }]
  expect(decoded({ ...span, tags: spelled })).toMatchObject([{ statusCode: 0, attributes: { error: 'false' } }])
})

it('tells the parent from links, whatever trace they are in', () => {
  const references = [
    { refType: 'CHILD_OF', traceID: 'def', spanID: '7' },
    { refType: 'CHILD_OF', traceID: '0ABC', spanID: '8' },
    { refType: 'FOLLOWS_FROM', traceID: 'abc', spanID: '9' },
  ]
  const [read] = decoded({ ...span, references })
  expect(read?.parentSpanId).toBe('0000000000000008')
  expect(
    read?.links.map((link) => [link.get('traceId'), link.get('spanId'), pairsOf(link.get('attributes'))[0]?.value]),
  ).toEqual([
    ['00000000000000000000000000000def', '0000000000000007', 'child_of'],
    ['00000000000000000000000000000abc', '0000000000000009', 'follows_from'],
  ])
})

it('reads times given as text, logs without an event, and spans without a process', () => {
  const logs = [
    { timestamp: '1700000000000002', fields: [{ key: 'event', type: 'string', value: 'retry' }] },
    { timestamp: 1700000000000003, fields: [{ key: 'message', type: 'string', value: 'hm' }] },
  ]
  const [read] = decoded({
    spans: [{ ...span, startTime: '1700000000000001', duration: '5', processID: 'gone', logs }],
    processes: {},
  })
  expect(read).toMatchObject({ service: 'unknown_service', resource: {}, endUnixNano: 1700000000000006000n })
  expect(read?.events.map((event) => [event.get('timeUnixNano'), event.get('name')])).toEqual([
    [1700000000000002000n, 'retry'],
    [1700000000000003000n, ''],
  ])
})

it('leaves what cannot be kept to be refused and counted', () => {
  const batch = decodeTracesJson({
    ...jaegerFormat.toOtlp(
      [
        { ...span, spanID: 'zz' },
        { ...span, startTime: null },
      ],
      context,
    ),
  })
  expect(batch.records).toHaveLength(1)
  expect([...batch.rejected]).toEqual([['invalid span id', 1]])
})
