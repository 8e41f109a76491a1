/** A store full of requests for the overview's benchmark: so many operations, so many hours, written as ingest writes. */

import { randomFillSync } from 'node:crypto'
import { decodeTracesJson } from '../src/engine/wire/otlp-traces-json.ts'
import type { ScopeRecord, SpanRecord, TraceBatch } from '../src/shared/model/batch.ts'

const operationsPerService = 10
const spansPerTrace = 5

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

const attributes = packed({
  'http.request.method': 'GET',
  'http.route': '/orders/{id}',
  'url.path': '/orders/4711',
  'server.address': 'orders.internal',
  'network.protocol.version': '1.1',
  'user_agent.original': 'bench/1.0',
})
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

/** Batches of up to 8,000 spans in the order of time; latencies are log-normal, 2 % of requests fail. */
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
    for (let index = 0; index < Math.min(8_000, spans - first); index++) {
      const operation = Math.floor(Math.random() * operations)
      const start = startUnixNano + BigInt(first + index) * perSpan
      const trace = index - (index % spansPerTrace)
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
        statusCode: Math.random() < 0.02 ? 2 : 0,
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
