/** A store full of requests for the overview's benchmark: so many operations, so many hours, written as ingest writes. */

import { randomFillSync } from 'node:crypto'
import { decodeTracesJson } from '../src/engine/wire/otlp-traces-json.ts'
import type { ScopeRecord, SpanRecord, TraceBatch } from '../src/shared/model/batch.ts'
import { encodeRequest, TraceRequest } from '../tests/support/oracle.ts'
import { keyValues } from '../tests/support/otlp.ts'

const operationsPerService = 10
const spansPerTrace = 5
const failing = 0.02

const packed = (attributes: Readonly<Record<string, string>>): Uint8Array => {
  const request = {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '1'.repeat(32),
                spanId: '1'.repeat(16),
                name: 'x',
                startTimeUnixNano: '1',
                endTimeUnixNano: '1',
                attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
              },
            ],
          },
        ],
      },
    ],
  }
  return decodeTracesJson(Buffer.from(JSON.stringify(request))).records[0]?.attributes ?? new Uint8Array()
}

const attributeTexts = {
  'http.request.method': 'GET',
  'http.route': '/orders/{id}',
  'url.path': '/orders/4711',
  'server.address': 'orders.internal',
  'network.protocol.version': '1.1',
  'user_agent.original': 'bench/1.0',
}
const attributes = packed(attributeTexts)
const scope: ScopeRecord = {
  name: 'bench',
  version: '1',
  attributes: packed({}),
  droppedAttributesCount: 0,
  schemaUrl: '',
}

export interface Filling {
  readonly spans: number
  readonly operations: number
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
}

/** Batches of up to 8,000 spans in the order of time; latencies are log-normal, 2 % of traces fail: a request and its root. */
export function* requestBatches({ spans, operations, startUnixNano, endUnixNano }: Filling): Iterable<TraceBatch> {
  const services = Math.max(1, Math.ceil(operations / operationsPerService))
  const resources = Array.from({ length: services }, (_, index) => ({
    serviceName: `service-${index}`,
    attributes: packed({ 'service.name': `service-${index}` }),
    droppedAttributesCount: 0,
    entityRefs: null,
    schemaUrl: '',
  }))
  const perSpan = (endUnixNano - startUnixNano) / BigInt(spans)
  for (let first = 0; first < spans; first += 8_000) {
    const records: SpanRecord[] = []
    const ids = randomFillSync(Buffer.alloc(8_000 * 24))
    let fails = false
    for (let index = 0; index < Math.min(8_000, spans - first); index++) {
      const operation = Math.floor(Math.random() * operations)
      const start = startUnixNano + BigInt(first + index) * perSpan
      const trace = index - (index % spansPerTrace)
      if (index === trace) fails = Math.random() < failing
      records.push({
        resource: Math.floor(operation / operationsPerService),
        scope: 0,
        traceId: ids.subarray(trace * 24, trace * 24 + 16),
        spanId: ids.subarray(index * 24 + 16, index * 24 + 24),
        parentSpanId: index === trace ? null : ids.subarray(trace * 24 + 16, trace * 24 + 24),
        traceState: '',
        flags: 1,
        name: `GET /operation/${operation % operationsPerService}`,
        kind: 2,
        startUnixNano: start,
        endUnixNano: start + BigInt(Math.floor(Math.exp(16.5 + normal()))),
        statusCode: fails && index - trace < 2 ? 2 : 0,
        statusMessage: '',
        attributes,
        droppedAttributesCount: 0,
        events: null,
        droppedEventsCount: 0,
        links: null,
        droppedLinksCount: 0,
      })
    }
    yield { resources, scopes: [scope], records, rejected: new Map() }
  }
}

/** Box and Muller. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
}

/** A batch as the bytes of an OTLP request. */
export function requestOf({ resources, records }: TraceBatch): Buffer {
  const byResource = Map.groupBy(records, ({ resource }) => resource)
  const resourceSpans = [...byResource].map(([index, spans]) => ({
    resource: { attributes: keyValues({ 'service.name': resources[index]?.serviceName ?? '' }) },
    scopeSpans: [
      {
        scope: { name: scope.name, version: scope.version },
        spans: spans.map((span) => ({
          traceId: span.traceId,
          spanId: span.spanId,
          ...(span.parentSpanId ? { parentSpanId: span.parentSpanId } : {}),
          name: span.name,
          kind: span.kind,
          startTimeUnixNano: span.startUnixNano.toString(),
          endTimeUnixNano: span.endUnixNano.toString(),
          status: { code: span.statusCode },
          attributes: keyValues(attributeTexts),
        })),
      },
    ],
  }))
  return Buffer.from(encodeRequest(TraceRequest, { resourceSpans }))
}
