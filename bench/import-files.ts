/** Files of spans for the import to read: traces of eight spans with a dozen attributes, in three formats. */

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

export const importFormats = ['otlp', 'jaeger', 'zipkin'] as const
export type ImportFormat = (typeof importFormats)[number]

const services = ['storefront', 'checkout', 'inventory', 'payments']
const spansPerTrace = 8
const start = 1_795_860_000_000_000

interface SketchedSpan {
  readonly traceId: string
  readonly id: string
  readonly parentId: string | undefined
  readonly name: string
  readonly service: string
  /** Microseconds. */
  readonly time: number
  readonly duration: number
  readonly attributes: readonly (readonly [key: string, value: string | number])[]
}

/** Writes a file of at least `spans` spans and answers how many. */
export async function writeImportFile(path: string, format: ImportFormat, spans: number): Promise<number> {
  const file = createWriteStream(path)
  const { opening, separator, closing, write } = writers[format]
  file.write(opening)
  const traces = Math.ceil(spans / spansPerTrace)
  for (let index = 0; index < traces; index++) {
    const text = (index === 0 ? '' : separator) + write(traceOf(index))
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end(closing)
  await once(file, 'close')
  return traces * spansPerTrace
}

function traceOf(index: number): SketchedSpan[] {
  const ids = randomBytes(16 + 8 * spansPerTrace).toString('hex')
  const traceId = ids.slice(0, 32)
  return Array.from({ length: spansPerTrace }, (_, place) => {
    const id = (of: number): string => ids.slice(32 + of * 16, 48 + of * 16)
    const order = String(index * spansPerTrace + place)
    return {
      traceId,
      id: id(place),
      parentId: place === 0 ? undefined : id((place - 1) >> 1),
      name: `GET /orders/{id}/${place}`,
      service: services[place % services.length] as string,
      time: start + index * 1000 + place * 50,
      duration: 900 - place * 100,
      attributes: [
        ['http.request.method', 'GET'],
        ['http.route', '/orders/{id}'],
        ['http.response.status_code', 200],
        ['url.full', `https://shop.example/orders/${order}?expand=items`],
        ['server.address', 'shop.example'],
        ['server.port', 443],
        ['network.protocol.version', '1.1'],
        ['user_agent.original', 'Mozilla/5.0 (X11; Linux x86_64)'],
        ['order.id', order],
        ['customer.tier', 'gold'],
        ['thread.name', `worker-${place}`],
        ['cart.items', place],
      ],
    }
  })
}

const writers: Record<
  ImportFormat,
  { opening: string; separator: string; closing: string; write(trace: readonly SketchedSpan[]): string }
> = {
  otlp: { opening: '', separator: '\n', closing: '\n', write: (trace) => JSON.stringify(otlpOf(trace)) },
  jaeger: { opening: '{"data":[', separator: ',', closing: ']}', write: (trace) => JSON.stringify(jaegerOf(trace)) },
  zipkin: { opening: '[', separator: ',', closing: ']', write: (trace) => trace.map(zipkinOf).join(',') },
}

function otlpOf(trace: readonly SketchedSpan[]): unknown {
  return {
    resourceSpans: services.map((service) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          scope: { name: '@acme/instrumentation', version: '0.52.1' },
          spans: trace
            .filter((span) => span.service === service)
            .map(({ traceId, id, parentId, name, time, duration, attributes }) => ({
              traceId,
              spanId: id,
              parentSpanId: parentId,
              name,
              kind: 2,
              startTimeUnixNano: `${time}000`,
              endTimeUnixNano: `${time + duration}000`,
              attributes: attributes.map(([key, value]) => ({
                key,
                value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
              })),
              status: {},
            })),
        },
      ],
    })),
  }
}

function jaegerOf(trace: readonly SketchedSpan[]): unknown {
  return {
    traceID: trace[0]?.traceId,
    spans: trace.map(({ traceId, id, parentId, name, service, time, duration, attributes }) => ({
      traceID: traceId,
      spanID: id,
      operationName: name,
      references: parentId === undefined ? [] : [{ refType: 'CHILD_OF', traceID: traceId, spanID: parentId }],
      startTime: time,
      duration,
      tags: [
        { key: 'span.kind', type: 'string', value: 'server' },
        ...attributes.map(([key, value]) => ({ key, type: typeof value === 'number' ? 'int64' : 'string', value })),
      ],
      logs: [],
      processID: service,
      warnings: null,
    })),
    processes: Object.fromEntries(services.map((service) => [service, { serviceName: service, tags: [] }])),
  }
}

function zipkinOf({ traceId, id, parentId, name, service, time, duration, attributes }: SketchedSpan): string {
  return JSON.stringify({
    traceId,
    id,
    parentId,
    name,
    kind: 'SERVER',
    timestamp: time,
    duration,
    localEndpoint: { serviceName: service },
    tags: Object.fromEntries(attributes.map(([key, value]) => [key, String(value)])),
  })
}
