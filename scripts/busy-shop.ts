/** Half an hour of a made-up shop under load, for the pictures of aggregates: requests, a fault, and the metrics that saw it. */

import { keyValues, sequence } from './sample-values.ts'

const second = 1_000
const minute = 60 * second
/** Twice what the pictures show, so that there is something to compare with. */
const lengthMs = 30 * minute
const betweenRequestsMs = 280
const metricEveryMs = 10 * second
const poolSize = 20
const memoryLimit = 512 * 1_024 ** 2
const boundsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const kinds = { server: 2, client: 3, producer: 4, consumer: 5 } as const

/** A request, and those it makes; durations in ms. */
interface Call {
  readonly service: string
  readonly name: string
  readonly kind: keyof typeof kinds
  readonly takes: number
  readonly fails?: boolean
  readonly calls?: readonly Call[]
}

interface Sent {
  readonly traceId: string
  readonly spanId: string
  readonly service: string
  readonly route: string
  readonly atMs: number
  readonly seconds: number
}

export interface BusyShop {
  /** OTLP/JSON requests of about a minute each, oldest first. */
  readonly traces: readonly unknown[]
  readonly metrics: readonly unknown[]
  readonly logs: unknown
}

const fault = { fromMs: 6.5 * minute, toMs: 3.5 * minute, text: 'database timeout 30 %' }

/** Everything sent in the half hour before `nowMs`; the same every time but for its place in time. */
export function busyShop(nowMs: number): BusyShop {
  const random = sequence(11)
  const isBroken = (atMs: number): boolean => atMs > nowMs - fault.fromMs && atMs < nowMs - fault.toMs
  const sent: Sent[] = []
  const traces: unknown[] = []
  for (let from = nowMs - lengthMs; from < nowMs; from += minute) {
    const spans = new Map<string, unknown[]>()
    for (let at = from; at < from + minute; at += betweenRequestsMs * (0.3 + 1.4 * random())) {
      tell(story(random, isBroken(at)), at, { random, spans, sent })
    }
    traces.push({
      resourceSpans: [...spans].map(([service, all]) => ({ ...resource(service), scopeSpans: [{ spans: all }] })),
    })
  }
  return { traces, metrics: measured(nowMs, sent, { random, isBroken }), logs: annotation(nowMs) }
}

/** Log-normal around what is usual. */
function around(random: () => number, usualMs: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return usualMs * Math.exp(0.45 * normal)
}

function story(random: () => number, isBroken: boolean): Call {
  const choice = random()
  if (choice < 0.3) return { service: 'storefront', name: 'GET /', kind: 'server', takes: around(random, 14) }
  if (choice < 0.75) {
    const stock: Call = { service: 'inventory', name: 'GET /stock/{item}', kind: 'server', takes: around(random, 9) }
    return outer(random, 'storefront', 'GET /products/{id}', [stock])
  }
  const waits = isBroken && random() < 0.3
  const timesOut = waits && random() < 0.7
  const insertMs = waits ? (timesOut ? around(random, 4_000) : around(random, 1_200)) : around(random, 22)
  const order = outer(
    random,
    'checkout',
    'POST /orders',
    [
      { service: 'inventory', name: 'POST /reservations', kind: 'server', takes: around(random, 18) },
      {
        service: 'payment',
        name: 'POST /payments',
        kind: 'server',
        takes: around(random, 88),
        fails: random() < 0.006,
      },
      { service: 'checkout', name: 'INSERT orders', kind: 'client', takes: insertMs, fails: timesOut },
      { service: 'checkout', name: 'send order-events', kind: 'producer', takes: around(random, 2) },
    ],
    timesOut,
  )
  const mail: Call = { service: 'email', name: 'process order-events', kind: 'consumer', takes: around(random, 60) }
  return outer(random, 'storefront', 'POST /checkout', timesOut ? [order] : [order, mail], timesOut)
}

/** A server that takes as long as what it calls, and something of its own. */
function outer(random: () => number, service: string, name: string, calls: readonly Call[], fails = false): Call {
  const takes = around(random, 11) + calls.reduce((sum, call) => sum + call.takes, 0)
  return { service, name, kind: 'server', takes, fails, calls }
}

interface Telling {
  readonly random: () => number
  readonly spans: Map<string, unknown[]>
  readonly sent: Sent[]
}

function tell(call: Call, atMs: number, telling: Telling, traceId = id(telling.random, 32), parentSpanId = ''): void {
  const spanId = id(telling.random, 16)
  const { service, name, kind, takes, fails = false } = call
  const spans = telling.spans.get(service) ?? []
  telling.spans.set(service, spans)
  spans.push({
    traceId,
    spanId,
    parentSpanId,
    name,
    kind: kinds[kind],
    startTimeUnixNano: nano(atMs),
    endTimeUnixNano: nano(atMs + takes),
    status: fails ? { code: 2, message: 'canceling statement due to statement timeout' } : {},
  })
  if (kind === 'server') telling.sent.push({ traceId, spanId, service, route: name, atMs, seconds: takes / second })
  let start = atMs + 3
  for (const next of call.calls ?? []) {
    tell(next, start, telling, traceId, spanId)
    start += next.takes
  }
}

function id(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
}

/** Pools, processors and memory as a runtime reports them, and the requests' durations as a histogram with exemplars. */
function measured(
  nowMs: number,
  sent: readonly Sent[],
  { random, isBroken }: { readonly random: () => number; readonly isBroken: (atMs: number) => boolean },
): unknown[] {
  const requests: unknown[] = []
  for (let at = nowMs - lengthMs; at < nowMs; at += metricEveryMs) {
    const during = sent.filter(({ atMs }) => atMs >= at && atMs < at + metricEveryMs)
    const time = at + metricEveryMs
    const resourceMetrics = ['storefront', 'checkout', 'payment', 'inventory'].map((service, index) => {
      const share = 0.16 + 0.06 * index + 0.03 * random()
      const own = during.filter((one) => one.service === service)
      const metrics = [
        gauge('process.cpu.utilization', '1', share, time),
        level('process.memory.usage', 'By', Math.round(memoryLimit * (0.3 + share / 3)), time),
        level('process.memory.limit', 'By', memoryLimit, time),
        level('http.server.active_requests', '{request}', Math.round(2 + 2 * random() + (isBroken(at) ? 9 : 0)), time),
        ...(own.length === 0 ? [] : [durations(own, at, time)]),
        ...(service === 'checkout' ? pool(poolUse(nowMs - at) + Math.round(3 * random()), time) : []),
      ]
      return { ...resource(service), scopeMetrics: [{ metrics }] }
    })
    requests.push({ resourceMetrics })
  }
  return requests
}

/** Connections in use: few, all of them during the fault, and many while what waited is served. */
function poolUse(agoMs: number): number {
  if (agoMs > fault.fromMs) return 4
  return agoMs > fault.toMs ? 17 : 11
}

function gauge(name: string, unit: string, value: number, atMs: number): unknown {
  return { name, unit, gauge: { dataPoints: [{ timeUnixNano: nano(atMs), asDouble: value }] } }
}

function level(name: string, unit: string, value: number, atMs: number, attributes = {}): unknown {
  const point = { timeUnixNano: nano(atMs), asInt: String(value), attributes: keyValues(attributes) }
  return { name, unit, sum: { aggregationTemporality: 2, isMonotonic: false, dataPoints: [point] } }
}

function pool(used: number, atMs: number): unknown[] {
  const name = { 'db.client.connection.pool.name': 'orders-db' }
  const unit = '{connection}'
  return [
    level('db.client.connection.count', unit, used, atMs, { ...name, 'db.client.connection.state': 'used' }),
    level('db.client.connection.count', unit, poolSize - used, atMs, { ...name, 'db.client.connection.state': 'idle' }),
    level('db.client.connection.max', unit, poolSize, atMs, name),
  ]
}

function durations(sent: readonly Sent[], fromMs: number, toMs: number): unknown {
  const dataPoints = [...Map.groupBy(sent, ({ route }) => route)].map(([route, all]) => {
    const counts = new Array<number>(boundsSeconds.length + 1).fill(0)
    for (const { seconds } of all) {
      const bucket = boundsSeconds.findIndex((bound) => seconds <= bound)
      const index = bucket < 0 ? boundsSeconds.length : bucket
      counts[index] = (counts[index] ?? 0) + 1
    }
    const slowest = all.reduce((most, one) => (one.seconds > most.seconds ? one : most))
    return {
      startTimeUnixNano: nano(fromMs),
      timeUnixNano: nano(toMs),
      count: String(all.length),
      sum: all.reduce((sum, { seconds }) => sum + seconds, 0),
      bucketCounts: counts.map(String),
      explicitBounds: boundsSeconds,
      attributes: keyValues({
        'http.route': route.replace(/^\S+ /, ''),
        'http.request.method': route.split(' ')[0] ?? '',
      }),
      exemplars: [
        {
          timeUnixNano: nano(slowest.atMs),
          asDouble: slowest.seconds,
          traceId: slowest.traceId,
          spanId: slowest.spanId,
        },
      ],
    }
  })
  return {
    name: 'http.server.request.duration',
    description: 'Duration of HTTP server requests',
    unit: 's',
    histogram: { aggregationTemporality: 1, dataPoints },
  }
}

function annotation(nowMs: number): unknown {
  const logRecord = {
    timeUnixNano: nano(nowMs - fault.fromMs),
    eventName: 'spanlight.annotation',
    severityNumber: 9,
    body: { stringValue: fault.text },
    attributes: keyValues({
      'spanlight.annotation.kind': 'fault',
      'spanlight.annotation.text': fault.text,
      'spanlight.annotation.end_unix_nano': nano(nowMs - fault.toMs),
    }),
  }
  return { resourceLogs: [{ ...resource('load-lab'), scopeLogs: [{ logRecords: [logRecord] }] }] }
}

function resource(service: string): { readonly resource: unknown } {
  return { resource: { attributes: keyValues({ 'service.name': service, 'service.instance.id': `${service}-1` }) } }
}

function nano(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n)
}
