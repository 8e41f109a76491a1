/** A chart's legend as CSV: the figures of each line, exact. */

import type { CsvTable } from '#shared/model/csv.ts'
import type { MetricLine } from './metric-lines.ts'

export function legendCsv(title: string, lines: readonly MetricLine[]): CsvTable {
  return {
    head: [title, 'series', 'last', 'min', 'mean', 'max'],
    rows: lines.map(({ name, group, stats }) => [
      name,
      group.seriesCount,
      stats?.last ?? null,
      stats?.min ?? null,
      stats?.mean ?? null,
      stats?.max ?? null,
    ]),
  }
}
