/** Lines as the chart draws them: those of low rank at the back, and the one pointed at in front of the others. */

import type { ChartSeries } from '../../ui/chart/series.ts'
import type { MetricLine } from './metric-lines.ts'

/** Many lines are thinner, so that they can still be told apart. */
const manyLines = 12

export function drawnSeries(lines: readonly MetricLine[], hovered: string | undefined): readonly ChartSeries[] {
  const width = lines.length > manyLines ? 1.1 : 1.6
  const isHovering = lines.length > 1 && lines.some(({ id }) => id === hovered)
  const series = lines.toReversed().map(({ id, name, color, values, isDashed }) => ({
    id,
    name,
    values,
    isDashed,
    ...(!isHovering
      ? { color, width }
      : id === hovered
        ? { color, width: 2.4 }
        : { color: 'var(--line-strong)', width: 1 }),
  }))
  return isHovering
    ? [...series.filter(({ id }) => id !== hovered), ...series.filter(({ id }) => id === hovered)]
    : series
}
