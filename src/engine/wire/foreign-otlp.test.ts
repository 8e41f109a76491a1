/** Formats that are OTLP in other words: Tempo's API and the Go SDK's printed spans. */

import { expect, it } from 'vitest'
import { toHex } from '#shared/model/ids.ts'
import { plainAttributes, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import { goStdoutFormat } from './go-stdout-json.ts'
import type { JsonFormat } from './import-format.ts'
import { decodeTracesJson } from './otlp-traces-json.ts'
import { tempoFormat } from './tempo-json.ts'

function decoded(format: JsonFormat, value: unknown) {
  expect(format.recognises(value)).toBe(true)
  const batch = decodeTracesJson({ ...format.toOtlp([value], { service: undefined, fallbackUnixNano: 1n }) })
  expect(batch.rejected.size).toBe(0)
  return batch.records.map((span) => ({
    ...span,
    service: batch.resources[span.resource]?.serviceName,
    scope: batch.scopes[span.scope]?.name,
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentSpanId: span.parentSpanId && toHex(span.parentSpanId),
    attributes: plainAttributes(unpackAttributes(span.attributes)),
    events: unpackList(span.events).map((event) => [event.get('timeUnixNano'), event.get('name')]),
    links: unpackList(span.links).map((link) => [link.get('traceId'), link.get('spanId')]),
  }))
}

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] }
const base64 = {
  traceId: 'AAAAAAAAAAAAAAAAAAAKvA==',
  spanId: 'AAAAAAAAAAE=',
  parentSpanId: 'AAAAAAAAAAI',
  name: 'GET',
  kind: 'SPAN_KIND_SERVER',
  startTimeUnixNano: '1700000000000000001',
  endTimeUnixNano: '1700000000000000002',
  links: [{ traceId: 'AAAAAAAAAAAAAAAAAAAKvA==', spanId: 'AAAAAAAAAAM=' }],
}
const expected = {
  service: 'cart',
  scope: 'lib',
  traceId: '00000000000000000000000000000abc',
  spanId: '0000000000000001',
  parentSpanId: '0000000000000002',
  kind: 2,
  links: [['00000000000000000000000000000abc', '0000000000000003']],
}

it('reads the oldest and the newest answer of Tempo', () => {
  const oldest = {
    batches: [
      { resource, instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'lib' }, spans: [base64] }] },
    ],
  }
  const newest = { trace: { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans: [base64] }] }] } }
  expect(decoded(tempoFormat, oldest)).toMatchObject([expected])
  expect(decoded(tempoFormat, newest)).toMatchObject([expected])
  expect(decoded(tempoFormat, newest.trace)).toMatchObject([expected])
})

it('reads what stdouttrace prints', () => {
  const zero = { TraceID: '0'.repeat(32), SpanID: '0'.repeat(16), TraceFlags: '00', TraceState: '', Remote: false }
  const printed = {
    Name: 'GET',
    SpanContext: {
      TraceID: `${'0'.repeat(29)}abc`,
      SpanID: `${'0'.repeat(15)}1`,
      TraceFlags: '01',
      TraceState: 'a=b',
      Remote: false,
    },
    Parent: { ...zero, SpanID: `${'0'.repeat(15)}2`, Remote: true },
    SpanKind: 2,
    StartTime: '2023-11-14T23:13:20.000000001+01:00',
    EndTime: '2023-11-14T22:13:20.5Z',
    Attributes: [
      { Key: 's', Value: { Type: 'STRING', Value: 'x' } },
      { Key: 'n', Value: { Type: 'INT64', Value: 5 } },
      { Key: 'list', Value: { Type: 'BOOLSLICE', Value: [true, false] } },
    ],
    Events: [{ Name: 'retry', Attributes: null, DroppedAttributeCount: 0, Time: '2023-11-14T22:13:20Z' }],
    Links: null,
    Status: { Code: 'Error', Description: 'full' },
    DroppedAttributes: 1,
    DroppedEvents: 0,
    DroppedLinks: 0,
    ChildSpanCount: 0,
    Resource: [{ Key: 'service.name', Value: { Type: 'STRING', Value: 'cart' } }],
    InstrumentationScope: { Name: 'lib', Version: '1', SchemaURL: '', Attributes: null },
  }
  expect(decoded(goStdoutFormat, printed)).toMatchObject([
    {
      ...expected,
      links: [],
      flags: 0x301,
      traceState: 'a=b',
      startUnixNano: 1700000000000000001n,
      endUnixNano: 1700000000500000000n,
      statusCode: 2,
      statusMessage: 'full',
      attributes: { s: 'x', n: 5, list: [true, false] },
      droppedAttributesCount: 1,
      events: [[1700000000000000000n, 'retry']],
    },
  ])
  expect(decoded(goStdoutFormat, { ...printed, Parent: zero })).toMatchObject([{ parentSpanId: null }])
})
