/** What a chart doesn't show, in words: what was left out, skipped, or is odd. Nothing is cut in silence. */

import type { MetricExemplar, MetricVariant } from '#shared/contract/metric-chart.ts'
import { formatCount, formatQuantity } from '../../ui/format.ts'

/** `50 of 1,204 series drawn, ranked by the newest value; the rest is counted`, or how many groups of how many series there are. */
export function drawnText(
  { groups, groupCount, seriesCount, seriesShown, rankedBy }: MetricVariant,
  isGrouped: boolean,
): string {
  if (!isGrouped) return `${formatQuantity(seriesCount, 'series', 'series')}${seriesCount > 1 ? ' together' : ''}`
  // Where every group is one series, people call it that.
  const isEach = groupCount === seriesCount
  if (groupCount <= groups.length)
    return isEach || groupCount === 0
      ? formatQuantity(seriesCount, 'series', 'series')
      : `${formatQuantity(groupCount, 'group')} of ${formatQuantity(seriesCount, 'series', 'series')}`
  const of = isEach
    ? `${formatCount(groups.length)} of ${formatCount(groupCount)} series drawn`
    : `${formatCount(groups.length)} of ${formatCount(groupCount)} groups drawn (${formatCount(seriesShown)} of ${formatCount(seriesCount)} series)`
  return `${of}, ranked by ${rankedBy}; the rest is counted`
}

export interface ChartNote {
  readonly text: string
  /** An oddity, not only a matter of room. */
  readonly isWarning: boolean
}

export function chartNotes(variant: MetricVariant, exemplars: readonly MetricExemplar[]): readonly ChartNote[] {
  const notes: ChartNote[] = []
  for (const text of variant.warnings) notes.push({ text, isWarning: true })
  for (const { reason, count } of variant.skipped)
    notes.push({ text: `${formatQuantity(count, 'point')} not drawn: ${reason}`, isWarning: true })
  const acrossGaps = variant.groups.reduce((sum, group) => sum + group.acrossGaps, 0)
  if (acrossGaps > 0)
    notes.push({
      text: `${formatCount(acrossGaps)} counted while nothing arrived: known, but not when, so not drawn`,
      isWarning: false,
    })
  const lost = exemplars.filter(({ traceStored, unit }) => !traceStored && unit === variant.unit).length
  if (lost > 0)
    notes.push({ text: `${formatQuantity(lost, 'exemplar')} of traces that are not stored here`, isWarning: false })
  return notes
}

/** Whether a variant has anything to draw; a metric's series are known even where none has a point. */
export function isDrawn({ groups }: MetricVariant): boolean {
  return groups.some(
    ({ columns, quantiles }) =>
      Object.values(columns).some(hasValue) || quantiles?.some(({ values }) => hasValue(values)) === true,
  )
}

function hasValue(values: readonly (number | null)[] | undefined): boolean {
  return values?.some((value) => value !== null) === true
}
