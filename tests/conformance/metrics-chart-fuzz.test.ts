/** Whatever a sender may put into a metric, the chart, the list and saturation answer in their contract's words. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricChart } from '../../src/engine/queries/metric-chart.ts'
import { listMetrics } from '../../src/engine/queries/metrics.ts'
import { readSaturation } from '../../src/engine/queries/saturation.ts'
import { metricChartInputSchema, metricChartSchema } from '../../src/shared/contract/metric-chart.ts'
import { metricSchema } from '../../src/shared/contract/metrics.ts'
import { saturationSchema } from '../../src/shared/contract/saturation.ts'
import { jsonBytes, metric, resource } from '../support/arbitrary-otlp.ts'
import { at } from '../support/metric-points.ts'
import { scratchStore } from '../support/scratch-store.ts'

type Json = Record<string, unknown>

/** The same metric with its points close together, so that they meet in one range. */
function nearby(sketch: Json, name: string): Json {
  let index = 0
  const moved = JSON.parse(JSON.stringify(sketch), (key, value: unknown) => {
    if (key === 'dataPoints' && Array.isArray(value)) {
      return value.map((point: Json) => ({
        ...point,
        timeUnixNano: at(5 * index++),
        startTimeUnixNano: at((index % 3) * 4 - 4),
      }))
    }
    return value
  }) as Json
  return { ...moved, name }
}

describe('random metrics', () => {
  it('are charted, listed and searched for saturation without failing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(metric, { minLength: 1, maxLength: 6 }),
        resource,
        fc.constantFrom('any.metric', 'process.cpu.time', 'v8js.gc.duration', 'system.memory.usage', 'mail.queue.size'),
        fc.boolean(),
        async (metrics, each, name, together) => {
          using store = scratchStore()
          const placed = metrics.map((sketch) => (together ? nearby(sketch, name) : { ...sketch, name }))
          const request = { resourceMetrics: [{ resource: each, scopeMetrics: [{ metrics: placed }] }] }
          const { outcomes } = store.ingest({ signal: 'metrics', encoding: 'json', bytes: jsonBytes(request) })
          if (outcomes[0]?.kind !== 'committed') return
          const ranges = [
            {},
            { start: at(0), end: at(60), stepSeconds: 5 },
            { start: '0', end: String(2n ** 63n - 1n) },
          ]
          const { metrics: listed } = await listMetrics(store.context, { sparklines: true })
          for (const one of listed) metricSchema.parse(JSON.parse(JSON.stringify(one)))
          if (listed.length === 0) return
          for (const range of ranges) {
            const input = metricChartInputSchema.parse({ name, groupBy: ['service.name', 'http.method'], ...range })
            const chart = metricChartSchema.parse(JSON.parse(JSON.stringify(await metricChart(store.context, input))))
            for (const { groups } of chart.variants) {
              const lengths = groups.flatMap(({ columns }) => Object.values(columns).map((column) => column?.length))
              expect(new Set(lengths).size).toBeLessThanOrEqual(1)
            }
            saturationSchema.parse(JSON.parse(JSON.stringify(await readSaturation(store.context, range))))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})
