/** The lines of a metric's chart, and what the table below says of each. */

import type { ChartColumn, MetricGroup, MetricVariant } from '#shared/contract/metric-chart.ts'
import { serviceText } from '../../ui/names.ts'
import { printableLine } from '../../ui/printable.ts'
import type { GroupColor, GroupColors } from './group-colors.ts'
import { type Mode, quantileText } from './metric-modes.ts'

export interface MetricLine extends GroupColor {
  /** The same for as long as the group is there; what the URL calls it. */
  readonly id: string
  readonly name: string
  /** Set where the group is a service. */
  readonly service: string | undefined
  readonly values: ChartColumn
  readonly stats: LineStats | undefined
  /** The group behind it; of several lines of one group, the same for all. */
  readonly group: MetricGroup
  /** How far each value may be off, where it is known. */
  readonly errors: ChartColumn | undefined
}

export interface LineStats {
  readonly last: number
  readonly min: number
  readonly mean: number
  readonly max: number
}

const percentileColors = { p50: 'var(--p50)', p95: 'var(--p95)', p99: 'var(--p99)' } as const
const percentiles = ['p50', 'p95', 'p99'] as const
const solid = { isDashed: false }
const maxTitle = 300

/** In order of rank; groups without a single value in this mode are lines too, and say so. */
export function metricLines(
  variant: MetricVariant,
  groupBy: readonly string[],
  mode: Mode,
  colors: GroupColors,
): readonly MetricLine[] {
  const { groups } = variant
  const [first] = groups
  if (first !== undefined && mode.draws === 'percentiles') return percentileLines(first)
  if (first !== undefined && mode.draws === 'quantiles') return quantileLines(first)
  const ids = lineIds(groups)
  return groups.map((group, index) => {
    const values = valuesOf(group, mode)
    const service = groupBy.length === 1 && groupBy[0] === 'service.name' ? (group.key[0] ?? undefined) : undefined
    const id = ids[index] ?? group.title
    const color =
      groupBy.length === 0
        ? { color: 'var(--p95)', ...solid }
        : service === undefined
          ? colors.of(id)
          : colors.ofService(service)
    const name = service === undefined ? printableLine(group.title, maxTitle) : serviceText(service)
    return {
      id,
      name: name === '' ? '(empty)' : name,
      service,
      values,
      stats: statsOf(values),
      group,
      errors: errorsOf(group, mode),
      ...color,
    }
  })
}

function percentileLines(group: MetricGroup): readonly MetricLine[] {
  return percentiles.map((id) => {
    const values = group.columns[id] ?? []
    const errors = group.columns[`${id}Error`]
    return {
      id,
      name: id.toUpperCase(),
      service: undefined,
      values,
      stats: statsOf(values),
      group,
      errors,
      color: percentileColors[id],
      ...solid,
    }
  })
}

function quantileLines(group: MetricGroup): readonly MetricLine[] {
  const sent = (group.quantiles ?? []).toSorted((a, b) => a.quantile - b.quantile)
  const hues = Object.values(percentileColors)
  return sent.map(({ quantile, values }, index) => ({
    id: `q${quantile}`,
    name: quantileText(quantile),
    service: undefined,
    values,
    stats: statsOf(values),
    group,
    errors: undefined,
    // One hue from light to dark; beyond three of them, dashes tell neighbours apart.
    color: hues[Math.min(2, Math.floor((index * 3) / sent.length))] ?? percentileColors.p95,
    isDashed: sent.length > 3 && index % 2 === 1,
  }))
}

function valuesOf(group: MetricGroup, { draws }: Mode): ChartColumn {
  if (typeof draws === 'string') return []
  if ('column' in draws) return group.columns[draws.column] ?? []
  return group.quantiles?.find(({ quantile }) => quantile === draws.quantile)?.values ?? []
}

function errorsOf(group: MetricGroup, { draws }: Mode): ChartColumn | undefined {
  if (typeof draws === 'string' || !('column' in draws)) return undefined
  const { column } = draws
  return column === 'p50' || column === 'p95' || column === 'p99' ? group.columns[`${column}Error`] : undefined
}

/** Titles, and where two groups share one, with a number. */
function lineIds(groups: readonly MetricGroup[]): readonly string[] {
  const seen = new Map<string, number>()
  return groups.map(({ title }) => {
    const times = (seen.get(title) ?? 0) + 1
    seen.set(title, times)
    return times === 1 ? title : `${title} (${times})`
  })
}

/** Over the buckets that have a value; undefined where none has. */
export function statsOf(values: ChartColumn): LineStats | undefined {
  let last: number | undefined
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (const value of values) {
    if (value === null) continue
    last = value
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
    count += 1
  }
  return last === undefined ? undefined : { last, min, mean: sum / count, max }
}

/** Lines on show: those chosen, or all where none of the chosen is there. */
export function linesOnShow(lines: readonly MetricLine[], only: readonly string[]): readonly MetricLine[] {
  const chosen = lines.filter(({ id }) => only.includes(id))
  return chosen.length === 0 ? lines : chosen
}

/** A click on a line's name: it alone, or all again where it was alone; with Ctrl or Shift it joins and leaves those chosen. */
export function chooseLine(only: readonly string[], id: string, isAdding: boolean): readonly string[] {
  if (isAdding) return only.includes(id) ? only.filter((one) => one !== id) : [...only, id]
  return only.length === 1 && only[0] === id ? [] : [id]
}
