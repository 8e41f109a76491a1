/** A made-up shop for the pictures in the README: eight services, their traces and logs, as OTLP/JSON. */

import { type Attributes, keyValues, sequence } from './sample-values.ts'

const second = 1_000
const minute = 60 * second

type Severity = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'

/** A span as a story tells it: times are milliseconds since the start of the trace. */
interface Step {
  readonly service: string
  readonly name: string
  readonly kind?: 'server' | 'client' | 'internal' | 'consumer'
  readonly at: number
  readonly takes: number
  readonly attributes?: Attributes
  readonly error?: string
  readonly exception?: { readonly type: string; readonly message: string }
  readonly logs?: readonly (readonly [at: number, severity: Severity, text: string, attributes?: Attributes])[]
  readonly steps?: readonly Step[]
}

export interface Shop {
  readonly resourceSpans: readonly unknown[]
  readonly resourceLogs: readonly unknown[]
  readonly checkoutTraceId: string
  readonly insertSpanId: string
}

const kinds = { internal: 1, server: 2, client: 3, consumer: 5 } as const
const severities: Readonly<Record<Severity, number>> = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 }

const http = (method: string, route: string, status: number): Attributes => ({
  'http.request.method': method,
  'http.route': route,
  'http.response.status_code': status,
})

const sql = (text: string): Attributes => ({
  'db.system.name': 'postgresql',
  'db.namespace': 'orders',
  'db.operation.name': text.split(' ')[0] ?? '',
  'db.query.text': text,
  'server.address': 'orders-db',
})

const timeout = 'canceling statement due to statement timeout'

/** The checkout that took five seconds and failed: the pool ran dry, then the database gave up. */
const failedCheckout: Step = {
  service: 'storefront',
  name: 'POST /buy',
  kind: 'server',
  at: 0,
  takes: 5_071,
  attributes: { ...http('POST', '/buy', 502), 'user.id': 'u-2041' },
  error: '',
  logs: [
    [3, 'INFO', 'buy clicked cart=8841 user=u-2041', { 'cart.id': 8841 }],
    [5_066, 'ERROR', 'checkout failed, showing the sorry page', { 'order.id': 'o-77120' }],
  ],
  steps: [
    {
      service: 'gateway',
      name: 'POST /checkout',
      kind: 'server',
      at: 14,
      takes: 5_046,
      attributes: http('POST', '/checkout', 500),
      error: '',
      logs: [
        [16, 'DEBUG', 'route matched /checkout -> checkout:8080'],
        [5_052, 'ERROR', 'upstream checkout answered 500 after 5.01 s'],
      ],
      steps: [
        {
          service: 'checkout',
          name: 'POST /checkout',
          kind: 'server',
          at: 31,
          takes: 5_010,
          attributes: { ...http('POST', '/checkout', 500), 'order.id': 'o-77120' },
          error: 'order not placed',
          logs: [
            [44, 'INFO', 'checkout started order=o-77120', { 'order.id': 'o-77120' }],
            [5_034, 'ERROR', 'order o-77120 not placed, payment will be refunded', { 'order.id': 'o-77120' }],
          ],
          steps: [
            {
              service: 'cart',
              name: 'GET /cart/{id}',
              kind: 'server',
              at: 52,
              takes: 118,
              attributes: http('GET', '/cart/{id}', 200),
              steps: [
                {
                  service: 'cart',
                  name: 'GET cart:8841',
                  kind: 'client',
                  at: 61,
                  takes: 42,
                  attributes: { 'db.system.name': 'redis', 'db.operation.name': 'GET', 'server.address': 'cart-cache' },
                },
              ],
              logs: [[166, 'DEBUG', 'cart 8841 has 3 items', { 'cart.id': 8841 }]],
            },
            {
              service: 'inventory',
              name: 'POST /reserve',
              kind: 'server',
              at: 204,
              takes: 486,
              attributes: http('POST', '/reserve', 200),
              steps: ['teapot', 'cups', 'saucers'].map((item, index) => ({
                service: 'inventory',
                name: 'SELECT stock',
                kind: 'client' as const,
                at: 231 + index * 142,
                takes: 128,
                attributes: { ...sql('SELECT amount FROM stock WHERE item = $1 FOR UPDATE'), 'stock.item': item },
              })),
              logs: [[676, 'INFO', 'reserved 3 items', { 'order.id': 'o-77120' }]],
            },
            {
              service: 'billing',
              name: 'POST /charge',
              kind: 'server',
              at: 712,
              takes: 296,
              attributes: { ...http('POST', '/charge', 200), 'payment.amount': 84.5 },
              steps: [
                {
                  service: 'bank-api',
                  name: 'POST /authorize',
                  kind: 'server',
                  at: 741,
                  takes: 251,
                  attributes: http('POST', '/authorize', 200),
                },
              ],
              logs: [[1_002, 'INFO', 'card charged amount=84.50 currency=EUR']],
            },
            {
              service: 'checkout',
              name: 'INSERT orders',
              kind: 'client',
              at: 1_020,
              takes: 4_003,
              attributes: {
                ...sql('INSERT INTO orders (id, user_id, total) VALUES ($1, $2, $3)'),
                'error.type': '57014',
                'db.client.pool.wait_ms': 3_210,
              },
              error: timeout,
              exception: { type: 'QueryCanceled', message: timeout },
              logs: [
                [3_080, 'WARN', 'connection pool exhausted, waiting (active=20 max=20 pending=31)'],
                [5_018, 'ERROR', `order insert failed: ${timeout}`, { 'order.id': 'o-77120' }],
              ],
            },
          ],
        },
      ],
    },
    {
      service: 'email',
      name: 'orders process',
      kind: 'consumer',
      at: 4_960,
      takes: 93,
      attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' },
      logs: [[5_040, 'INFO', 'order o-77120 not confirmed, apology queued', { 'order.id': 'o-77120' }]],
    },
  ],
}

/** Ordinary traffic; `slow` stretches it. */
function browse(slow: number, product: string): Step {
  return {
    service: 'storefront',
    name: 'GET /products/{id}',
    kind: 'server',
    at: 0,
    takes: 46 * slow,
    attributes: http('GET', '/products/{id}', 200),
    logs: [[2 * slow, 'INFO', `product page ${product} shown`]],
    steps: [
      {
        service: 'gateway',
        name: 'GET /stock/{item}',
        kind: 'server',
        at: 6 * slow,
        takes: 35 * slow,
        attributes: http('GET', '/stock/{item}', 200),
        steps: [
          {
            service: 'inventory',
            name: 'SELECT stock',
            kind: 'client',
            at: 11 * slow,
            takes: 22 * slow,
            attributes: sql('SELECT amount FROM stock WHERE item = $1'),
          },
        ],
      },
    ],
  }
}

function addToCart(slow: number): Step {
  return {
    service: 'storefront',
    name: 'POST /cart',
    kind: 'server',
    at: 0,
    takes: 61 * slow,
    attributes: http('POST', '/cart', 200),
    steps: [
      {
        service: 'cart',
        name: 'PUT /cart/{id}',
        kind: 'server',
        at: 9 * slow,
        takes: 44 * slow,
        attributes: http('PUT', '/cart/{id}', 200),
        logs: [[12 * slow, 'INFO', 'item added to cart']],
      },
    ],
  }
}

function charge(slow: number, declined: boolean): Step {
  const message = 'card declined: insufficient funds'
  return {
    service: 'checkout',
    name: 'POST /checkout',
    kind: 'server',
    at: 0,
    takes: 240 * slow,
    attributes: http('POST', '/checkout', declined ? 500 : 201),
    ...(declined ? { error: 'payment failed' } : {}),
    logs: declined
      ? [[231 * slow, 'WARN', `order not placed: ${message}`]]
      : [[231 * slow, 'INFO', 'order placed, receipt queued']],
    steps: [
      {
        service: 'billing',
        name: 'POST /charge',
        kind: 'server',
        at: 22 * slow,
        takes: 190 * slow,
        attributes: http('POST', '/charge', declined ? 500 : 200),
        ...(declined ? { error: message, exception: { type: 'CardDeclined', message } } : {}),
        logs: declined ? [[204 * slow, 'ERROR', message]] : [[204 * slow, 'INFO', 'card charged']],
        steps: [
          {
            service: 'bank-api',
            name: 'POST /authorize',
            kind: 'server',
            at: 40 * slow,
            takes: 160 * slow,
            attributes: http('POST', '/authorize', 200),
          },
        ],
      },
    ],
  }
}

/** Everything the shop sent in the minutes before `nowMs`; the same every time but for its place in time. */
export function shop(nowMs: number): Shop {
  const telling = new Telling()
  const random = sequence(20)
  for (let at = nowMs - 14 * minute; at < nowMs - 8 * second; at += 500 + random() * 9_000) {
    const slow = 0.5 + random() * random() * 4
    const choice = random()
    if (choice < 0.6) telling.tell(browse(slow, ['teapot', 'cups', 'kettle'][Math.floor(random() * 3)] ?? ''), at)
    else if (choice < 0.85) telling.tell(addToCart(slow), at)
    else telling.tell(charge(slow, choice > 0.965), at)
  }
  const checkout = telling.tell(failedCheckout, nowMs - 6 * second)
  const insertSpanId = checkout.spanIds.get('INSERT orders') ?? ''
  return { ...telling.documents(), checkoutTraceId: checkout.traceId, insertSpanId }
}

class Telling {
  readonly #random = sequence(7)
  readonly #spans = new Map<string, unknown[]>()
  readonly #logs = new Map<string, unknown[]>()

  tell(story: Step, startMs: number): { traceId: string; spanIds: ReadonlyMap<string, string> } {
    const traceId = this.#id(32)
    const spanIds = new Map<string, string>()
    const nano = (ms: number): string => String(BigInt(Math.round((startMs + ms) * 1_000)) * 1_000n)
    const walk = (step: Step, parentSpanId: string): void => {
      const spanId = this.#id(16)
      spanIds.set(step.name, spanId)
      push(this.#spans, step.service, {
        traceId,
        spanId,
        parentSpanId,
        name: step.name,
        kind: kinds[step.kind ?? 'internal'],
        startTimeUnixNano: nano(step.at),
        endTimeUnixNano: nano(step.at + step.takes),
        attributes: keyValues(step.attributes),
        status: step.error === undefined ? {} : { code: 2, message: step.error },
        events: step.exception ? [exceptionEvent(step.exception, nano(step.at + step.takes - 9))] : [],
      })
      for (const [at, severity, text, attributes] of step.logs ?? []) {
        push(this.#logs, step.service, {
          timeUnixNano: nano(at),
          severityNumber: severities[severity],
          severityText: severity,
          body: { stringValue: text },
          attributes: keyValues(attributes),
          traceId,
          spanId,
        })
      }
      for (const child of step.steps ?? []) walk(child, spanId)
    }
    walk(story, '')
    return { traceId, spanIds }
  }

  documents(): Pick<Shop, 'resourceSpans' | 'resourceLogs'> {
    return {
      resourceSpans: [...this.#spans].map(([service, spans]) => ({ ...resource(service), scopeSpans: [{ spans }] })),
      resourceLogs: [...this.#logs].map(([service, logRecords]) => ({
        ...resource(service),
        scopeLogs: [{ logRecords }],
      })),
    }
  }

  #id(digits: number): string {
    return Array.from({ length: digits }, () => Math.floor(this.#random() * 16).toString(16)).join('')
  }
}

function push(lists: Map<string, unknown[]>, key: string, item: unknown): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

function resource(service: string): { resource: unknown } {
  return {
    resource: {
      attributes: keyValues({
        'service.name': service,
        'service.version': '2.4.1',
        'deployment.environment.name': 'local',
        'host.name': 'laptop',
      }),
    },
  }
}

function exceptionEvent({ type, message }: { type: string; message: string }, timeUnixNano: string): unknown {
  const stack = `${type}: ${message}\n    at Pool.query (pool.js:118:21)\n    at placeOrder (orders.js:42:9)`
  return {
    timeUnixNano,
    name: 'exception',
    attributes: keyValues({
      'exception.type': type,
      'exception.message': message,
      'exception.stacktrace': stack,
    }),
  }
}
