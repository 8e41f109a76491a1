/** Examples for histograms: one recent trace for each series and power-of-two range of values. */

import type { Attributes } from '@opentelemetry/api'

export interface Exemplar {
  readonly value: number
  readonly unixMs: number
  readonly traceId: string
  readonly spanId: string
}

/** Series of one metric are told apart by their attributes. */
function seriesKey(attributes: Attributes): string {
  return Object.keys(attributes)
    .sort()
    .map((name) => `${name}=${String(attributes[name])}`)
    .join('\n')
}

export class Exemplars {
  readonly #kept = new Map<string, Map<string, Map<number, Exemplar>>>()

  /** The last one in its range wins. */
  offer(metric: string, attributes: Attributes, exemplar: Exemplar): void {
    const series = this.#kept.get(metric) ?? new Map<string, Map<number, Exemplar>>()
    this.#kept.set(metric, series)
    const key = seriesKey(attributes)
    const ranges = series.get(key) ?? new Map<number, Exemplar>()
    series.set(key, ranges)
    ranges.set(exemplar.value > 0 ? Math.round(Math.log2(exemplar.value)) : -100, exemplar)
  }

  /** Those since they were last taken. */
  take(metric: string, attributes: Attributes): readonly Exemplar[] {
    const series = this.#kept.get(metric)
    const key = seriesKey(attributes)
    const ranges = series?.get(key)
    series?.delete(key)
    return ranges ? [...ranges.values()] : []
  }
}
