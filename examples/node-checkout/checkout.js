/** The checkout: charges the card and places the order; `?fail=1` makes the charge fail. */

const { randomUUID } = require('node:crypto')
const http = require('node:http')
const { setTimeout: sleep } = require('node:timers/promises')
const { SpanStatusCode, trace } = require('@opentelemetry/api')
const log = require('pino')({ name: 'checkout', level: 'debug' })

const tracer = trace.getTracer('checkout')

/** A span of one's own around what matters; the HTTP spans need no code at all. */
function chargeCard(order, fail) {
  return tracer.startActiveSpan('charge card', { attributes: { 'order.id': order } }, async (span) => {
    try {
      log.debug({ order }, 'asking the bank')
      await sleep(20 + Math.random() * 30)
      if (fail) throw new Error('card declined: insufficient funds')
      log.info({ order, amount: 42.5, currency: 'EUR' }, 'card charged')
    } catch (error) {
      span.recordException(error)
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
      throw error
    } finally {
      span.end()
    }
  })
}

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (request.method !== 'POST' || pathname !== '/orders') return response.writeHead(404).end()
  const order = randomUUID().slice(0, 8)
  log.info({ order }, 'order received')
  try {
    await chargeCard(order, searchParams.get('fail') === '1')
    log.info({ order }, 'order placed')
    response.writeHead(201).end(order)
  } catch (error) {
    log.error({ order, err: error }, 'order failed')
    response.writeHead(500).end()
  }
})

server.listen(Number(process.env.PORT ?? 8081), '127.0.0.1', () => process.send?.(server.address().port))
