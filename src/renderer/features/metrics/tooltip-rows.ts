/** What a chart's tooltip says of one bucket: the highest lines, how many more there are, and how sure percentiles are. */

import type { MetricVariant } from '#shared/contract/metric-chart.ts'
import type { TooltipRow } from '../../ui/chart/tooltip-content.ts'
import { formatCount } from '../../ui/format.ts'
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
    return {
      id: line.id,
      name: line.name,
      color: line.color,
      value: value === null ? 'none' : said(value, error, format),
    }
  })
  const rest = sorted.length - rows.length
  return rest === 0 ? rows : [...rows, { id: 'rest of all lines', name: `and ${formatCount(rest)} more`, value: '' }]
}

/** A percentile with how far it may be off; beyond the last bound of a histogram it is only a lower limit. */
function said(value: number, error: number | null | undefined, format: (value: number) => string): string {
  if (error === null) return `≥ ${format(value)}`
  return error === undefined || error === 0 ? format(value) : `${format(value)} ± ${format(error)}`
}

/** How percentiles of a bucket were found, of how many observations, and how far off they may be. */
export function percentileNote(
  variant: MetricVariant,
  lines: readonly MetricLine[],
  bucket: number,
): string | undefined {
  const { percentiles } = variant
  const measured = lines.filter(({ errors }) => errors !== undefined)
  if (percentiles === null || measured.length === 0) return undefined
  const counts = new Map(measured.map(({ group }) => [group, group.columns.count?.[bucket] ?? 0]))
  const isOpen = measured.some(
    ({ values, errors }) => (values[bucket] ?? null) !== null && (errors?.[bucket] ?? null) === null,
  )
  return [
    countsText([...counts.values()].filter((count) => count > 0)),
    isOpen ? 'what lies beyond the last bound is a lower limit' : undefined,
    percentiles.method.replace(/\.$/, ''),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** `n = 240`, or from the fewest to the most of several groups. */
function countsText(counts: readonly number[]): string {
  if (counts.length === 0) return 'n = 0'
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  const said = (n: number) => (n < 100 ? formatNumber(n) : formatCount(n))
  const range = said(fewest) === said(most) ? said(fewest) : `${said(fewest)} to ${said(most)} a group`
  return `n = ${range}${fewest < fewSamples ? ': under 20 they say little' : ''}`
}
