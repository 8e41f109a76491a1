/** Takes what the SDK's metric reader collected, adds exemplars, sends it and counts the points. */

import { AggregationTemporality, type PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { Delivery } from './delivery.ts'
import type { MetricSender } from './endpoint.ts'
import type { Exemplars } from './exemplars.ts'
import { encodeMetrics } from './metric-encode.ts'

export function metricExporter(sender: MetricSender, exemplars: Exemplars, delivery: Delivery): PushMetricExporter {
  const underWay = new Set<Promise<void>>()
  const settled = async (): Promise<void> => {
    await Promise.all(underWay)
  }
  return {
    export: (metrics, done) => {
      const { bytes, points } = encodeMetrics(metrics, exemplars)
      const sending = (points === 0 ? Promise.resolve() : sender.send(bytes))
        .then(
          () => delivery.note('points', points, undefined),
          (error: unknown) => delivery.note('points', points, asError(error)),
        )
        .then(() => done({ code: 0 }))
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    forceFlush: settled,
    shutdown: async () => {
      await settled()
      sender.close()
    },
    selectAggregationTemporality: () => AggregationTemporality.CUMULATIVE,
  }
}

/** What `fetch` throws hides its reason. */
function asError(error: unknown): Error {
  const { cause } = error as { readonly cause?: unknown }
  if (cause instanceof Error) return cause
  return error instanceof Error ? error : new Error(String(error))
}
