/** Whole spans in every format that other tools export, and whole lines of logs, each used to its full: what tests break. */

import { keyValues, spanIdOf, traceIdOf } from './otlp.ts'

const micros = 1_700_000_000_000_001
const nanos = `${micros}000`
const traceID = traceIdOf(0xabc)

export interface ExportedFormat {
  readonly name: string
  readonly span: (id: number) => unknown
  /** A file of spans, and what is around them, to be broken as well. */
  readonly around: unknown
  readonly file: (spans: readonly unknown[], around: unknown) => unknown
}

const jaeger: ExportedFormat = {
  name: 'Jaeger JSON',
  span: (id) => ({
    traceID,
    spanID: spanIdOf(id),
    flags: 1,
    operationName: 'GET /',
    references: [
      { refType: 'CHILD_OF', traceID, spanID: spanIdOf(0xff) },
      { refType: 'FOLLOWS_FROM', traceID: traceIdOf(2), spanID: spanIdOf(3) },
    ],
    startTime: micros,
    duration: 5,
    tags: [
      { key: 'span.kind', type: 'string', value: 'server' },
      { key: 'otel.status_code', type: 'string', value: 'ERROR' },
      { key: 'error', type: 'bool', value: true },
      { key: 'otel.scope.name', type: 'string', value: 'http' },
      { key: 'otel.dropped_events_count', type: 'int64', value: 3 },
      { key: 'size', type: 'int64', value: 5 },
      { key: 'ratio', type: 'float64', value: 0.5 },
      { key: 'raw', type: 'binary', value: 'AQI=' },
    ],
    logs: [{ timestamp: micros, fields: [{ key: 'event', type: 'string', value: 'retry' }] }],
    processID: 'p1',
    warnings: ['clock skew'],
  }),
  around: { p1: { serviceName: 'cart', tags: [{ key: 'host', type: 'string', value: 'a' }] } },
  file: (spans, processes) => ({ data: [{ traceID, spans, processes }], total: 0, errors: null }),
}

const zipkin: ExportedFormat = {
  name: 'Zipkin JSON',
  span: (id) => ({
    traceId: traceID,
    id: spanIdOf(id),
    parentId: spanIdOf(0xff),
    kind: 'SERVER',
    name: 'get /',
    timestamp: micros,
    duration: 5,
    localEndpoint: { serviceName: 'cart', ipv4: '10.0.0.1', port: 80 },
    remoteEndpoint: { serviceName: 'shop', ipv4: '10.0.0.2', ipv6: '::2', port: 81 },
    annotations: [{ timestamp: micros, value: 'retry' }],
    tags: { 'http.path': '/', error: 'full', 'otel.scope.name': 'http', 'otel.dropped_events_count': '3' },
    shared: true,
    debug: true,
  }),
  around: null,
  file: (spans) => spans,
}

const tempo: ExportedFormat = {
  name: 'Tempo JSON',
  span: (id) => ({
    traceId: Buffer.from(traceID, 'hex').toString('base64'),
    spanId: Buffer.from(spanIdOf(id), 'hex').toString('base64'),
    parentSpanId: spanIdOf(0xff),
    name: 'GET /',
    kind: 'SPAN_KIND_SERVER',
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: keyValues({ a: 'b' }),
    events: [{ timeUnixNano: nanos, name: 'retry', attributes: keyValues({ a: 1 }) }],
    links: [{ traceId: traceID, spanId: spanIdOf(3) }],
    status: { code: 'STATUS_CODE_ERROR', message: 'full' },
  }),
  around: null,
  file: (spans) => ({
    batches: [
      {
        resource: { attributes: keyValues({ 'service.name': 'cart' }) },
        instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'http' }, spans }],
      },
    ],
  }),
}

const otlp: ExportedFormat = {
  name: 'OTLP JSON',
  span: (id) => ({
    traceId: traceID,
    spanId: spanIdOf(id),
    parentSpanId: spanIdOf(0xff),
    traceState: 'a=b',
    flags: 257,
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: [
      ...keyValues({ a: 'b', n: 5n, d: 0.5, t: true }),
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'x' }, { bytesValue: 'AQI=' }] } } },
      { key: 'map', value: { kvlistValue: { values: keyValues({ in: 'x' }) } } },
    ],
    droppedAttributesCount: 1,
    events: [{ timeUnixNano: nanos, name: 'retry', attributes: keyValues({ a: 1 }), droppedAttributesCount: 1 }],
    links: [{ traceId: traceID, spanId: spanIdOf(3), attributes: keyValues({ a: 1 }), flags: 1 }],
    status: { code: 2, message: 'full' },
  }),
  around: null,
  file: (spans) => ({
    resourceSpans: [
      {
        resource: { attributes: keyValues({ 'service.name': 'cart' }) },
        scopeSpans: [{ scope: { name: 'http', version: '1' }, spans }],
      },
    ],
  }),
}

const goContext = (id: number): unknown => ({
  TraceID: traceID,
  SpanID: spanIdOf(id),
  TraceFlags: '01',
  TraceState: '',
  Remote: false,
})
const goAttributes = [
  { Key: 'a', Value: { Type: 'STRING', Value: 'b' } },
  { Key: 'n', Value: { Type: 'INT64', Value: 5 } },
  { Key: 'list', Value: { Type: 'BOOLSLICE', Value: [true, false] } },
]

const goStdout: ExportedFormat = {
  name: 'Go stdouttrace',
  span: (id) => ({
    Name: 'GET /',
    SpanContext: goContext(id),
    Parent: goContext(0xff),
    SpanKind: 2,
    StartTime: '2023-11-14T22:13:20.000000001Z',
    EndTime: '2023-11-14T23:13:21+01:00',
    Attributes: goAttributes,
    Events: [{ Name: 'retry', Attributes: goAttributes, DroppedAttributeCount: 0, Time: '2023-11-14T22:13:20Z' }],
    Links: [{ SpanContext: goContext(3), Attributes: null, DroppedAttributeCount: 0 }],
    Status: { Code: 'Error', Description: 'full' },
    DroppedAttributes: 1,
    Resource: [{ Key: 'service.name', Value: { Type: 'STRING', Value: 'cart' } }],
    InstrumentationScope: { Name: 'http', Version: '1', SchemaURL: '', Attributes: null },
  }),
  around: null,
  file: (spans) => spans,
}

const logLines: ExportedFormat = {
  name: 'JSON log lines',
  span: (id) => ({
    '@t': '2023-11-14T22:13:20.000000001Z',
    '@mt': 'paid {amount} of {order}',
    level: 50,
    trace_id: traceID,
    span_id: spanIdOf(id),
    trace_flags: '01',
    trace_sampled: true,
    service: { name: 'cart' },
    amount: 5,
    order: { id: 7, items: ['a'] },
    err: { type: 'TypeError', message: 'full', stack: 'TypeError: full' },
    context: { traceId: traceID, spanId: spanIdOf(id) },
  }),
  around: null,
  file: (lines) => lines,
}

export const exportedFormats: readonly ExportedFormat[] = [jaeger, zipkin, tempo, goStdout, otlp, logLines]
