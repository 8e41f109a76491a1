/** What a chart's tooltip says of one bucket: the highest lines, how many more there are, and how sure percentiles are. */

import type { MetricVariant } from '#shared/contract/metric-chart.ts'
import type { TooltipRow } from '../../ui/chart/tooltip-content.ts'
import { formatCount, formatQuantity, formatShare } from '../../ui/format.ts'
import { formatNumber } from '../../ui/number-format.ts'
import type { MetricLine } from './metric-lines.ts'

const maxRows = 12
/** A percentile of fewer observations says little. */
const fewSamples = 20

/** Highest first, where there are several; of lines without a value only those that fit. */
export function tooltipRows(
  lines: readonly MetricLine[],
  bucket: number,
  format: (value: number) => string,
): readonly TooltipRow[] {
  const valueIn = (line: MetricLine) => line.values[bucket] ?? null
  const sorted = lines.toSorted(
    (a, b) => (valueIn(b) ?? Number.NEGATIVE_INFINITY) - (valueIn(a) ?? Number.NEGATIVE_INFINITY),
  )
  const rows = sorted.slice(0, maxRows).map((line): TooltipRow => {
    const value = valueIn(line)
    const error = line.errors?.[bucket]
    const within = value === null || error === null || error === undefined || error === 0 ? '' : ` ± ${format(error)}`
    return { id: line.id, name: line.name, color: line.color, value: value === null ? 'none' : format(value) + within }
  })
  const rest = sorted.length - rows.length
  return rest === 0 ? rows : [...rows, { id: 'rest of all lines', name: `and ${formatCount(rest)} more`, value: '' }]
}

/** How percentiles of a bucket were found, of how many observations, and how far off they may be. */
export function percentileNote(
  variant: MetricVariant,
  lines: readonly MetricLine[],
  bucket: number,
): string | undefined {
  const { percentiles } = variant
  if (percentiles === null || lines.every(({ errors }) => errors === undefined)) return undefined
  const groups = [...new Set(lines.map(({ group }) => group))]
  const n = groups.reduce((sum, { columns }) => sum + (columns.count?.[bucket] ?? 0), 0)
  const isOpen = lines.some(
    ({ values, errors }) =>
      (values[bucket] ?? null) !== null && errors !== undefined && (errors[bucket] ?? null) === null,
  )
  return [
    percentiles.method,
    `n = ${n < 100 ? formatNumber(n) : formatCount(n)}${n < fewSamples ? ': too few to say much' : ''}`,
    percentiles.relativeError === null ? undefined : `off by at most ${formatShare(percentiles.relativeError)}`,
    isOpen ? 'beyond the last bound, so a lower limit' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join('; ')
}

/** The observations a percentile card is drawn from, over its whole range. */
export function observationsText(variant: MetricVariant): string | undefined {
  const counts = variant.groups.flatMap(({ columns }) => columns.count ?? [])
  if (counts.length === 0) return undefined
  return formatQuantity(
    counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    'observation',
  )
}
