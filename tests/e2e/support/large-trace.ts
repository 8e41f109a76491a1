/** Traces of tens of thousands of spans: several services, about twelve levels deep, some errors and events. */

import { type SpanSketch, tracesOf } from '../../support/otlp.ts'
import { instant, ms } from './moments.ts'

const largeTraceServices = ['gateway', 'orders', 'stock', 'payments', 'mail']
const deepest = 12
/** Some OTLP senders, and every gRPC server with default settings, stop at 4 MB a request. */
const spansPerRequest = 5_000

export interface LargeTrace {
  readonly trace: number
  readonly spans: number
  readonly start: bigint
}

/** One request body per service and few thousand spans. */
export function largeTraceRequests({ trace, spans, start }: LargeTrace): unknown[] {
  const byService = new Map<string, SpanSketch[]>(largeTraceServices.map((service) => [service, []]))
  // Ids on the way from the root to the last span.
  const path: number[] = []
  for (let index = 0; index < spans; index++) {
    // Goes down level by level, then back up to a level that walks up and down too: wide and deep.
    const depth = index === 0 ? 0 : 1 + ((index - 1) % (deepest - 1 - (Math.floor(index / deepest) % 5)))
    path.length = depth
    const id = index + 1
    const parent = path.at(-1)
    path.push(id)
    const service = largeTraceServices[(depth + Math.floor(index / 97)) % largeTraceServices.length] as string
    byService.get(service)?.push(spanAt({ trace, start, spans }, { index, id, parent, depth }))
  }
  return [...byService].flatMap(([service, all]) => {
    const requests: unknown[] = []
    for (let from = 0; from < all.length; from += spansPerRequest)
      requests.push(tracesOf(service, all.slice(from, from + spansPerRequest), { 'host.name': `${service}-1` }))
    return requests
  })
}

interface Place {
  readonly index: number
  readonly id: number
  readonly parent: number | undefined
  readonly depth: number
}

function spanAt({ trace, start, spans }: LargeTrace, { index, id, parent, depth }: Place): SpanSketch {
  const at = start + BigInt(index) * 20_000n
  const whole = BigInt(spans) * 20_000n + ms
  return {
    trace,
    id,
    ...(parent === undefined ? {} : { parent }),
    name: index === 0 ? 'POST /import' : `${['handle', 'load', 'check', 'store'][depth % 4]} ${index % 60}`,
    kind: 1 + (depth % 3),
    start: at,
    duration: index === 0 ? whole : BigInt(Math.max(1, deepest - depth) * 18_000),
    error: index > 0 && index % 500 === 0,
    attributes: { 'item.index': BigInt(index), 'item.key': `key-${index}`, retry: index % 7 === 0 },
    more:
      index % 50 === 0 ? { events: [{ timeUnixNano: instant(at + 5_000n), name: 'progress', attributes: [] }] } : {},
  }
}
