/** What a metric is called for people: its type, with what its sum may do, and the temporality it is sent in. */

import type { Metric } from '#shared/contract/metrics.ts'

type Kind = Pick<Metric, 'type' | 'monotonic' | 'temporality'>

export function kindText({ type, monotonic }: Pick<Kind, 'type' | 'monotonic'>): string {
  switch (type) {
    case 'gauge':
      return 'gauge'
    case 'sum':
      return monotonic ? 'counter' : 'up-down counter'
    case 'histogram':
      return 'histogram'
    case 'exponential_histogram':
      return 'exponential histogram'
    case 'summary':
      return 'summary'
  }
}

/** `cumulative` or `delta`; undefined where a type has none. */
export function temporalityText({ type, temporality }: Pick<Kind, 'type' | 'temporality'>): string | undefined {
  if (type === 'gauge' || type === 'summary') return undefined
  return temporality === 'unspecified' ? 'temporality not told' : temporality
}
