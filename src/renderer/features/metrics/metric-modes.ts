/** What can be drawn of a metric: by its type, and by whether it is one group or several. */

import type { ChartColumns, MetricVariant } from '#shared/contract/metric-chart.ts'
import { perSecond, type Unit, unitOf } from '../../ui/unit.ts'

export interface Mode {
  readonly id: string
  readonly label: string
  /** What it means, for a tooltip. */
  readonly hint: string
  readonly unit: Unit
  /** One line a group from this column, or several lines of the only group. */
  readonly draws: { readonly column: keyof ChartColumns } | { readonly quantile: number } | 'percentiles' | 'quantiles'
}

/** The modes of a variant, that to begin with first. Never empty. */
export function modesOf(variant: MetricVariant, name: string, stepText: string): readonly Mode[] {
  const unit = unitOf(variant.unit, name)
  const isAlone = variant.groupCount <= 1
  switch (variant.type) {
    case 'gauge':
      return [
        column('last', 'Last', 'The newest value of each bucket; of several series the mean', unit),
        column('avg', 'Mean', 'Mean of all values of a bucket', unit),
        column('min', 'Min', 'Smallest value of a bucket', unit),
        column('max', 'Max', 'Largest value of a bucket', unit),
      ]
    case 'sum':
      return variant.main === 'rate'
        ? [
            column('rate', 'Rate', 'What was added, per second', unitOf(perSecond(variant.unit))),
            {
              id: 'increase',
              label: 'Increase',
              hint: `What was added in ${stepText}`,
              unit,
              draws: { column: 'sum' },
            },
          ]
        : [
            column('last', 'Value', 'The newest value of each bucket, series added up', unit),
            column('avg', 'Mean', 'Mean of a bucket, series added up', unit),
          ]
    case 'histogram':
    case 'exponential_histogram':
      return [
        ...(isAlone ? [percentilesMode(unit)] : percentileModes(unit)),
        ...spreadModes(variant, unit),
        column('rate', 'Rate', 'Observations per second', unitOf('1/s')),
      ]
    case 'summary':
      return [
        ...quantileModes(variant, unit, isAlone),
        column('avg', 'Mean', 'Sum of the observations through their count', unit),
        column('rate', 'Rate', 'Observations per second', unitOf('1/s')),
      ]
  }
}

/** The mode of the URL, or the first. */
export function chosenMode(modes: readonly Mode[], show: string | undefined): Mode | undefined {
  return modes.find(({ id }) => id === show) ?? modes[0]
}

function column(id: keyof ChartColumns, label: string, hint: string, unit: Unit): Mode {
  return { id, label, hint, unit, draws: { column: id } }
}

function percentilesMode(unit: Unit): Mode {
  return {
    id: 'percentiles',
    label: 'Percentiles',
    hint: 'P50, P95 and P99 of each bucket',
    unit,
    draws: 'percentiles',
  }
}

/** P95 first: of several groups it is the one compared most. */
function percentileModes(unit: Unit): readonly Mode[] {
  return (['p95', 'p50', 'p99'] as const).map((id) =>
    column(id, id.toUpperCase(), `${id.slice(1)} % of the observations of a bucket are no larger`, unit),
  )
}

function spreadModes({ groups }: MetricVariant, unit: Unit): readonly Mode[] {
  const hasMax = groups.some(({ columns }) => columns.max?.some((value) => value !== null) === true)
  return [
    column('avg', 'Mean', 'Sum of the observations through their count', unit),
    ...(hasMax ? [column('max', 'Max', 'Largest observation of a bucket, as sent', unit)] : []),
  ]
}

function quantileModes({ groups }: MetricVariant, unit: Unit, isAlone: boolean): readonly Mode[] {
  const sent = [...new Set(groups.flatMap(({ quantiles }) => quantiles?.map(({ quantile }) => quantile) ?? []))]
  if (sent.length === 0) return []
  const hint = 'As sent; of several series the largest'
  if (isAlone) return [{ id: 'quantiles', label: 'Quantiles', hint, unit, draws: 'quantiles' }]
  return sent
    .sort((a, b) => b - a)
    .map((quantile) => ({ id: `q${quantile}`, label: quantileText(quantile), hint, unit, draws: { quantile } }))
}

/** `P95`, `P99.9`, `Min`, `Max`. */
export function quantileText(quantile: number): string {
  if (quantile === 0) return 'Min'
  if (quantile === 1) return 'Max'
  return `P${Number((quantile * 100).toPrecision(6))}`
}
