/** How a metric is grouped until someone chooses: as its type is usually read. */

import type { MetricVariant } from '#shared/contract/metric-chart.ts'

const service = 'service.name'
const maxKeys = 8

/** Attributes that say who sent a series rather than what it measures: only taken when nothing else tells series apart. */
const senderKey = /^(service|host|process|container|k8s|os|telemetry|cloud|deployment|faas|device)\./

type Grouped = Pick<MetricVariant, 'type' | 'monotonic' | 'temporality' | 'attributes' | 'seriesCount'>

/**
 * What is counted adds up, and so do histograms: one line per service, or one for all. Gauges, queues and sizes don't:
 * by as many keys as it takes to tell their series apart.
 */
export function defaultGrouping({ type, monotonic, temporality, attributes, seriesCount }: Grouped): readonly string[] {
  const differing = attributes.filter(({ values }) => values > 1)
  const byService = differing.filter(({ key }) => key === service).map(({ key }) => key)
  const addsUp = type !== 'gauge' && type !== 'summary' && (type !== 'sum' || monotonic || temporality === 'delta')
  if (addsUp) return byService

  const keys: string[] = []
  let combinations = 1
  for (const { key, values } of differing.toSorted((a, b) => weight(a.key) - weight(b.key))) {
    if (combinations >= seriesCount || keys.length === maxKeys) break
    keys.push(key)
    combinations *= values
  }
  return keys
}

function weight(key: string): number {
  return key === service ? 0 : senderKey.test(key) ? 2 : 1
}
