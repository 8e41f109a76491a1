/** Every field that OTLP defines is stored and given back: the oracle's own field lists are the measure. */

import { describe, expect, it } from 'vitest'
import { logsAsOtlp } from '../../src/engine/export/otlp-logs.ts'
import { metricAsOtlp } from '../../src/engine/export/otlp-metrics.ts'
import { traceAsOtlp } from '../../src/engine/export/otlp-traces.ts'
import {
  encodeRequest,
  fieldsOfMessage,
  LogsRequest,
  MetricsRequest,
  messagesOf,
  TraceRequest,
} from '../support/oracle.ts'
import { scratchStore } from '../support/scratch-store.ts'

type Json = { readonly [field: string]: unknown }

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const keyValue = { key: 'k', value: { stringValue: 'v' } }
const attributes = [
  keyValue,
  { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, { intValue: '7' }] } } },
  { key: 'map', value: { kvlistValue: { values: [{ key: 'd', value: { doubleValue: 1.5 } }] } } },
  { key: 'raw', value: { bytesValue: 'AAEC' } },
]
const entityRef = { schemaUrl: 'https://e', type: 'host', idKeys: ['k'], descriptionKeys: ['map'] }
const resource = { attributes, droppedAttributesCount: 1, entityRefs: [entityRef] }
const scope = { name: 'scope', version: '1', attributes, droppedAttributesCount: 2 }
const event = { timeUnixNano: '11', name: 'event', attributes, droppedAttributesCount: 3 }
const link = { traceId, spanId, traceState: 'a=1', attributes, droppedAttributesCount: 4, flags: 257 }
const status = { code: 2, message: 'why' }
const span = {
  traceId,
  spanId,
  parentSpanId: '00f067aa0ba902b7',
  traceState: 'b=2',
  flags: 769,
  name: 'span',
  kind: 3,
  startTimeUnixNano: '10',
  endTimeUnixNano: '20',
  attributes,
  droppedAttributesCount: 5,
  events: [event],
  droppedEventsCount: 6,
  links: [link],
  droppedLinksCount: 7,
  status,
}
const logRecord = {
  timeUnixNano: '30',
  observedTimeUnixNano: '31',
  severityNumber: 13,
  severityText: 'WARN',
  body: { stringValue: 'body' },
  attributes,
  droppedAttributesCount: 8,
  flags: 1,
  traceId,
  spanId,
  eventName: 'thing.happened',
}
const exemplar = { filteredAttributes: attributes, timeUnixNano: '41', traceId, spanId }
const exemplars = [
  { ...exemplar, asInt: '3' },
  { ...exemplar, asDouble: 0.5 },
]
const pointHead = { attributes, startTimeUnixNano: '40', timeUnixNano: '42', flags: 1 }
const statistics = { count: '9', sum: 4.5, min: 0.25, max: 2.5 }
const buckets = { offset: -3, bucketCounts: ['1', '0', '2'] }
const quantile = { quantile: 0.99, value: 2.25 }
const points = {
  int: { ...pointHead, asInt: '-5', exemplars },
  double: { ...pointHead, asDouble: 2.75, exemplars },
  histogram: { ...pointHead, ...statistics, bucketCounts: ['4', '5'], explicitBounds: [1.5], exemplars },
  exponential: {
    ...pointHead,
    ...statistics,
    scale: 3,
    zeroCount: '2',
    zeroThreshold: 0.125,
    positive: buckets,
    negative: buckets,
    exemplars,
  },
  summary: { ...pointHead, count: '9', sum: 4.5, quantileValues: [quantile] },
}
const metricHead = { name: 'metric', description: 'what', unit: 'By', metadata: attributes }
const gauge = { dataPoints: [points.int] }
const sum = { dataPoints: [points.double], aggregationTemporality: 1, isMonotonic: true }
const histogram = { dataPoints: [points.histogram], aggregationTemporality: 2 }
const exponentialHistogram = { dataPoints: [points.exponential], aggregationTemporality: 1 }
const summary = { dataPoints: [points.summary] }
const metrics = [{ gauge }, { sum }, { histogram }, { exponentialHistogram }, { summary }].map((data) => ({
  ...metricHead,
  ...data,
}))

const schemaUrl = 'https://schema'
const scopeSpans = { scope, spans: [span], schemaUrl }
const resourceSpans = { resource, scopeSpans: [scopeSpans], schemaUrl }
const scopeLogs = { scope, logRecords: [logRecord], schemaUrl }
const resourceLogs = { resource, scopeLogs: [scopeLogs], schemaUrl }
const scopeMetrics = { scope, metrics, schemaUrl }
const resourceMetrics = { resource, scopeMetrics: [scopeMetrics], schemaUrl }

/** What of the messages above stands for each message class; several where its fields exclude each other. */
const samples: Readonly<Record<string, readonly Json[]>> = {
  'common.v1.AnyValue': [
    { stringValue: '' },
    { boolValue: true },
    { intValue: '7' },
    { doubleValue: 1.5 },
    { arrayValue: {} },
    { kvlistValue: {} },
    { bytesValue: '' },
  ],
  'common.v1.ArrayValue': [{ values: [] }],
  'common.v1.KeyValueList': [{ values: [] }],
  'common.v1.KeyValue': [keyValue],
  'common.v1.InstrumentationScope': [scope],
  'common.v1.EntityRef': [entityRef],
  'resource.v1.Resource': [resource],
  'trace.v1.TracesData': [{ resourceSpans }],
  'trace.v1.ResourceSpans': [resourceSpans],
  'trace.v1.ScopeSpans': [scopeSpans],
  'trace.v1.Span': [span],
  'trace.v1.Span.Event': [event],
  'trace.v1.Span.Link': [link],
  'trace.v1.Status': [status],
  'logs.v1.LogsData': [{ resourceLogs }],
  'logs.v1.ResourceLogs': [resourceLogs],
  'logs.v1.ScopeLogs': [scopeLogs],
  'logs.v1.LogRecord': [logRecord],
  'metrics.v1.MetricsData': [{ resourceMetrics }],
  'metrics.v1.ResourceMetrics': [resourceMetrics],
  'metrics.v1.ScopeMetrics': [scopeMetrics],
  'metrics.v1.Metric': metrics,
  'metrics.v1.Gauge': [gauge],
  'metrics.v1.Sum': [sum],
  'metrics.v1.Histogram': [histogram],
  'metrics.v1.ExponentialHistogram': [exponentialHistogram],
  'metrics.v1.Summary': [summary],
  'metrics.v1.NumberDataPoint': [points.int, points.double],
  'metrics.v1.HistogramDataPoint': [points.histogram],
  'metrics.v1.ExponentialHistogramDataPoint': [points.exponential],
  'metrics.v1.ExponentialHistogramDataPoint.Buckets': [buckets],
  'metrics.v1.SummaryDataPoint': [points.summary],
  'metrics.v1.SummaryDataPoint.ValueAtQuantile': [quantile],
  'metrics.v1.Exemplar': exemplars,
}

const packages = ['common.v1', 'resource.v1', 'trace.v1', 'logs.v1', 'metrics.v1']

describe('the samples', () => {
  it('stand for every message of the protocol', () => {
    expect(packages.flatMap(messagesOf).sort()).toEqual(Object.keys(samples).sort())
  })

  it.each(Object.entries(samples))('of %s set every field', (path, messages) => {
    const set = new Set(messages.flatMap((message) => Object.keys(message)))
    expect([...set].sort()).toEqual(fieldsOfMessage(path).sort())
  })
})

describe('every field', () => {
  it('of a trace comes back', async () => {
    using store = scratchStore()
    const request = { resourceSpans: [resourceSpans] }
    store.ingest({ signal: 'traces', encoding: 'protobuf', bytes: encodeRequest(TraceRequest, request) })
    expect(parse(await traceAsOtlp(store.context, { traceId }))).toEqual(request)
  })

  it('of a log comes back', async () => {
    using store = scratchStore()
    const request = { resourceLogs: [resourceLogs] }
    store.ingest({ signal: 'logs', encoding: 'protobuf', bytes: encodeRequest(LogsRequest, request) })
    expect(parse(await logsAsOtlp(store.context, { traceId }))).toEqual(request)
  })

  it.each(metrics.map((metric) => [Object.keys(metric).at(-1), metric]))(
    'of a %s comes back',
    async (_type, metric) => {
      using store = scratchStore()
      const request = {
        resourceMetrics: [{ ...resourceMetrics, scopeMetrics: [{ ...scopeMetrics, metrics: [metric] }] }],
      }
      store.ingest({ signal: 'metrics', encoding: 'protobuf', bytes: encodeRequest(MetricsRequest, request) })
      expect(parse(await metricAsOtlp(store.context, { name: 'metric' }))).toEqual(request)
    },
  )
})

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString())
}
