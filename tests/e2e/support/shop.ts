/** A purchase that fails, as the shop of the examples sends it: two services, one trace, three logs. */

import { type LogSketch, logsOf, type SpanSketch, tracesOf } from '../../support/otlp.ts'
import { instant, ms } from './moments.ts'
import type { Sender } from './sender.ts'

export const stackTrace =
  'Error: card declined\n    at chargeCard (/srv/checkout.js:19:24)\n    at process.tick (node:internal)'

const exception = {
  'exception.type': 'Error',
  'exception.message': 'card declined',
  'exception.stacktrace': stackTrace,
}

export interface Purchase {
  /** Number of the trace. */
  readonly trace: number
  /** When it began (see `moments.ts`). */
  readonly start: bigint
}

/** Span ids: 1 GET /buy, 2 POST /orders (client), 3 POST /orders (server), 4 validate, 5 charge card, 6 SELECT, 7 render. */
export function storefrontSpans({ trace, start }: Purchase): SpanSketch[] {
  return [
    { trace, id: 1, name: 'GET /buy', kind: 2, start, duration: 100n * ms, error: true },
    {
      trace,
      id: 2,
      parent: 1,
      name: 'POST /orders',
      kind: 3,
      start: start + 10n * ms,
      duration: 80n * ms,
      error: true,
    },
    { trace, id: 7, parent: 1, name: 'render', start: start + 91n * ms, duration: 8n * ms },
  ]
}

export function checkoutSpans({ trace, start }: Purchase): SpanSketch[] {
  const thrown = {
    name: 'exception',
    attributes: Object.entries(exception).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
  return [
    {
      trace,
      id: 3,
      parent: 2,
      name: 'POST /orders',
      kind: 2,
      start: start + 15n * ms,
      duration: 70n * ms,
      error: true,
    },
    { trace, id: 4, parent: 3, name: 'validate cart', start: start + 16n * ms, duration: 4n * ms },
    {
      trace,
      id: 5,
      parent: 3,
      name: 'charge card',
      start: start + 25n * ms,
      duration: 55n * ms,
      error: true,
      attributes: { 'order.id': 'o-4711', 'payment.amount': 42.5 },
      more: { events: [{ ...thrown, timeUnixNano: instant(start + 78n * ms) }] },
    },
    { trace, id: 6, parent: 3, name: 'SELECT stock', kind: 3, start: start + 81n * ms, duration: 3n * ms },
  ]
}

/** The services log in the spans 1, 3 and 5; the last log carries the exception too. */
function purchaseLogs({ trace, start }: Purchase): { storefront: LogSketch[]; checkout: LogSketch[] } {
  return {
    storefront: [{ body: 'buy clicked', at: start + 1n * ms, severity: 9, trace, span: 1 }],
    checkout: [
      { body: 'order received', at: start + 16n * ms, severity: 5, trace, span: 3, attributes: { order: 'o-4711' } },
      { body: 'order failed', at: start + 79n * ms, severity: 17, trace, span: 5, attributes: exception },
    ],
  }
}

export async function sendPurchase(send: Sender, purchase: Purchase): Promise<void> {
  const logs = purchaseLogs(purchase)
  await send.traces(tracesOf('storefront', storefrontSpans(purchase)))
  await send.traces(tracesOf('checkout', checkoutSpans(purchase), { 'service.version': '2.1.0' }))
  await send.logs(logsOf('storefront', logs.storefront))
  await send.logs(logsOf('checkout', logs.checkout))
}
