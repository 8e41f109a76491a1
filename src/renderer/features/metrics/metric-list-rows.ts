/** The list of metrics: one row for each name, whatever variants it came in. */

import type { Headline, Metric } from '#shared/contract/metrics.ts'
import { formatCount } from '../../ui/format.ts'
import { perSecond, unitOf } from '../../ui/unit.ts'
import { kindText } from './metric-kind.ts'

export interface MetricListRow {
  readonly name: string
  /** Of the variant received last. */
  readonly kind: string
  readonly unit: string
  readonly services: readonly string[]
  /** More than one when its type or unit changed. */
  readonly variants: number
  /** Its headline with unit: `38.4 ms`; undefined when its newest points say nothing. */
  readonly last: string | undefined
  /** What the headline is: `P95 of the newest points`. */
  readonly lastMeaning: string
  readonly lastTimeUnixNano: string | null
  readonly sparkline: readonly (number | null)[] | undefined
}

const meanings: Readonly<Record<Headline, string>> = {
  mean: 'mean of the newest values',
  total: 'total of the newest values',
  rate: 'per second, at the newest points',
  p95: 'P95 of the newest points',
}

/** In the order given, which is by name. */
export function metricListRows(metrics: readonly Metric[]): readonly MetricListRow[] {
  const byName = new Map<string, Metric[]>()
  for (const metric of metrics) {
    const variants = byName.get(metric.name)
    if (variants === undefined) byName.set(metric.name, [metric])
    else variants.push(metric)
  }
  return [...byName.values()].map(rowOf)
}

function rowOf(variants: readonly Metric[]): MetricListRow {
  const newest = variants.reduce((best, metric) => (timeOf(metric) > timeOf(best) ? metric : best))
  return {
    name: newest.name,
    kind: kindText(newest),
    unit: newest.unit === '1' ? '' : newest.unit,
    services: [...new Set(variants.flatMap(({ services }) => services))].sort(),
    variants: variants.length,
    last: lastText(newest),
    lastMeaning: meaningOf(newest),
    lastTimeUnixNano: newest.lastTimeUnixNano,
    sparkline: newest.sparkline?.values,
  }
}

function meaningOf({ last, seriesCount }: Metric): string {
  if (last === null) return ''
  const sampled = last.series < seriesCount ? `, from ${last.series} of ${formatCount(seriesCount)} series` : ''
  return meanings[last.kind] + sampled
}

function timeOf({ lastTimeUnixNano }: Metric): bigint {
  return lastTimeUnixNano === null ? -1n : BigInt(lastTimeUnixNano)
}

function lastText({ name, type, unit, last }: Metric): string | undefined {
  if (last === null || last.value === null) return undefined
  if (last.kind !== 'rate') return unitOf(unit, name).format(last.value)
  // What a summary counts are observations, whatever they measure.
  return unitOf(perSecond(type === 'summary' ? '1' : unit)).format(last.value)
}

/** Rows with every word of the search in their name, kind, unit or services. */
export function searchMetrics(rows: readonly MetricListRow[], text: string): readonly MetricListRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return rows
  return rows.filter(({ name, kind, unit, services }) => {
    const all = `${name} ${kind} ${unit} ${services.join(' ')}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
