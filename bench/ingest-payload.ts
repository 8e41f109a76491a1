/** Requests to send, encoded once: before each sending only ids, times and a few texts in the bytes are made new. */

import { randomFillSync } from 'node:crypto'
import type { Signal } from '../src/shared/model/batch.ts'
import { encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../tests/support/oracle.ts'
import { anyValue, keyValues } from '../tests/support/otlp.ts'
import { PlaceholderBook, type Template } from './placeholders.ts'

export const recordsPerBatch = 512
const spansPerTrace = 8
const services = ['storefront', 'checkout', 'inventory', 'payments']
/** Distinct words in log bodies. */
const vocabularySize = 2_000

/** Encoded requests of one signal; `next` gives one that was never sent before. */
export class PayloadSource {
  readonly #templates: readonly Template[]
  #sent = 0

  constructor(signal: Signal) {
    this.#templates = services.map((service, index) => templateOf(signal, service, index))
  }

  /** Mean size of a record in the request, in bytes. */
  get bytesPerRecord(): number {
    const total = this.#templates.reduce((sum, { bytes }) => sum + bytes.length, 0)
    return total / this.#templates.length / recordsPerBatch
  }

  next(): Buffer {
    const template = this.#templates[this.#sent++ % this.#templates.length] as Template
    const bytes = Buffer.from(template.bytes)
    const fresh = randomFillSync(Buffer.allocUnsafe(template.freshLength))
    for (const { offset, length, from, as } of template.slots) {
      if (as === 'bytes') fresh.copy(bytes, offset, from, from + length)
      else bytes.write(fresh.toString('hex', from, from + length / 2), offset, 'latin1')
    }
    // Two requests of one millisecond must differ, or the second is taken for a retry of the first.
    const now = BigInt(Date.now()) * 1_000_000n + BigInt(this.#sent % 1_000_000)
    for (const { offset, delta } of template.times) bytes.writeBigUInt64LE(now + delta, offset)
    return bytes
  }
}

function templateOf(signal: Signal, service: string, seed: number): Template {
  const book = new PlaceholderBook()
  const resource = {
    attributes: keyValues({ 'service.name': service, 'service.version': '1.4.2', 'host.name': 'dev' }),
  }
  const scope = { name: '@acme/instrumentation', version: '0.52.1' }
  const indexes = Array.from({ length: recordsPerBatch }, (_, index) => index)
  switch (signal) {
    case 'traces': {
      const scopeSpans = [{ scope, spans: spansOf(book, service) }]
      return book.resolve(encodeRequest(TraceRequest, { resourceSpans: [{ resource, scopeSpans }] }))
    }
    case 'logs': {
      const logRecords = indexes.map((index) => logOf(book, seed * recordsPerBatch + index))
      return book.resolve(
        encodeRequest(LogsRequest, { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] }),
      )
    }
    case 'metrics': {
      const metrics = metricsOf(book)
      return book.resolve(
        encodeRequest(MetricsRequest, { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] }),
      )
    }
  }
}

/** Small traces, each a root with children under it. */
function spansOf(book: PlaceholderBook, service: string): unknown[] {
  const spans: unknown[] = []
  for (let trace = 0; trace < recordsPerBatch / spansPerTrace; trace++) {
    const traceId = book.id(16)
    const rootId = book.id(8)
    for (let index = 0; index < spansPerTrace; index++) {
      const start = BigInt(-50_000_000 + trace * 100_000 + index * 1_000_000)
      spans.push({
        traceId,
        spanId: index === 0 ? rootId : book.id(8),
        ...(index === 0 ? {} : { parentSpanId: rootId }),
        name: `${index % 2 ? 'SELECT' : 'GET'} ${service}/${(trace + index) % 12}`,
        kind: 1 + (index % 3),
        flags: 257,
        startTimeUnixNano: book.time(start),
        endTimeUnixNano: book.time(start + BigInt(800_000 + trace * index * 10_000)),
        attributes: spanAttributes(book, trace * spansPerTrace + index),
        status: index === 5 && trace % 10 === 0 ? { code: 2, message: 'deadline exceeded' } : {},
      })
    }
  }
  return spans
}

/** Twelve, of every common type; with the rest of the span about 490 bytes. */
function spanAttributes(book: PlaceholderBook, index: number): unknown[] {
  return keyValues({
    'http.request.method': 'GET',
    'http.route': '/api/orders/{id}',
    'url.path': `/api/orders/${1000 + index}`,
    'http.response.status_code': 200n,
    'server.address': 'orders.internal',
    'server.port': 8443n,
    'network.peer.address': '10.0.4.17',
    'user_agent.original': 'okhttp/4.12.0 (Linux; Android 14; Pixel 8 Pro) acme-shop/3.18.2',
    'thread.id': BigInt(index % 64),
    'order.id': book.hexText(16),
    'cart.value': 19.99 + index,
    'cache.hit': index % 3 === 0,
  })
}

function logOf(book: PlaceholderBook, index: number): unknown {
  const words = Array.from({ length: 14 }, (_, position) => wordOf(index * 31 + position * position * 17))
  const time = book.time(BigInt(index * 1_000))
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: index % 20 === 0 ? 17 : 9,
    severityText: index % 20 === 0 ? 'ERROR' : 'INFO',
    body: anyValue(`order ${book.hexText(8)} ${words.join(' ')} in ${index % 400} ms`),
    traceId: book.id(16),
    spanId: book.id(8),
    attributes: keyValues({
      'code.function.name': 'placeOrder',
      'thread.id': BigInt(index % 64),
      'logger.name': 'com.acme.orders.OrderService',
      'user.tier': index % 2 ? 'gold' : 'free',
    }),
  }
}

/** Pronounceable, and none like another. */
function wordOf(n: number): string {
  const consonants = 'bdfgklmnprstvz'
  const vowels = 'aeiou'
  let rest = n % vocabularySize
  let word = ''
  for (let syllable = 0; syllable < 3; syllable++) {
    word += (consonants[rest % consonants.length] ?? '') + (vowels[rest % vowels.length] ?? '')
    rest = Math.floor(rest / 7) + syllable
  }
  return word
}

/** One point for each of 512 series: gauges and counters of integers and doubles. */
function metricsOf(book: PlaceholderBook): unknown[] {
  const metricCount = 8
  const time = book.time(0n)
  const startTimeUnixNano = book.time(-60_000_000_000n)
  return Array.from({ length: metricCount }, (_, metric) => {
    const dataPoints = Array.from({ length: recordsPerBatch / metricCount }, (_, index) => ({
      startTimeUnixNano,
      timeUnixNano: time,
      attributes: keyValues({
        'http.route': `/api/orders/${index % 16}`,
        'http.request.method': index % 2 ? 'GET' : 'POST',
        'host.name': `node-${index}`,
        'http.response.status_code': BigInt(200 + (index % 4)),
      }),
      ...(metric % 2 ? { asInt: String(index * 1_000 + metric) } : { asDouble: index * 1.5 + metric }),
    }))
    return metric % 4 < 2
      ? { name: `queue.size.${metric}`, unit: '{item}', gauge: { dataPoints } }
      : {
          name: `http.requests.${metric}`,
          unit: '{request}',
          sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true },
        }
  })
}
