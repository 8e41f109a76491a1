import { expect, test } from 'vitest'
import type { Evidence } from '#shared/contract/loadlab-status.ts'
import { trailLinks } from './trail-links.ts'

const range = { startUnixNano: '1', endUnixNano: '9' }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

function evidence(change: Partial<Evidence>): Evidence {
  return {
    step: 'chart',
    sentence: '',
    service: 'cart',
    metric: null,
    traceId: null,
    spanId: null,
    ...range,
    ...change,
  }
}

test('the chart is the Overview, or the metric that shows it best', () => {
  const [overview, metric] = trailLinks([
    evidence({ metric: 'http.server.request.duration' }),
    evidence({ metric: 'process.memory.usage' }),
  ])
  expect(overview?.to).toMatchObject({ to: '/overview', search: { start: '1', end: '9', service: 'cart' } })
  expect(metric?.to).toMatchObject({ to: '/metrics', search: { name: 'process.memory.usage', service: 'cart' } })
})

test('trace, span and log open the same trace, each a step further in', () => {
  const spanId = '00f067aa0ba902b7'
  const links = trailLinks([
    evidence({ step: 'trace', traceId }),
    evidence({ step: 'span', traceId, spanId }),
    evidence({ step: 'log', traceId, spanId }),
  ])
  expect(links.map(({ step }) => step)).toEqual(['Trace', 'Span', 'Log'])
  expect(links.map(({ to }) => to.params?.traceId)).toEqual([traceId, traceId, traceId])
  expect(links.map(({ to }) => [to.search.span, to.search.logs])).toEqual([
    [undefined, undefined],
    [spanId, undefined],
    [spanId, 'span'],
  ])
})
