import { describe, expect, test } from 'vitest'
import type { MetricGroup, MetricVariant } from '#shared/contract/metric-chart.ts'
import type { MetricLine } from './metric-lines.ts'
import { percentileNote, tooltipRows } from './tooltip-rows.ts'

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const format = (value: number) => `${value} ms`

const group: MetricGroup = {
  key: [],
  title: 'm',
  seriesCount: 1,
  services: [],
  rank: 1,
  columns: { count: [240, 7, null] },
  acrossGaps: 0,
}

function line(name: string, values: (number | null)[], errors?: (number | null)[]): MetricLine {
  return { id: name, name, service: undefined, color: 'red', isDashed: false, values, stats: undefined, group, errors }
}

const variant: MetricVariant = {
  type: 'histogram',
  unit: 'ms',
  description: '',
  temporality: 'delta',
  monotonic: false,
  main: 'p95',
  rankedBy: 'P95',
  groups: [group],
  groupCount: 1,
  seriesCount: 1,
  seriesShown: 1,
  attributes: [],
  percentiles: { method: 'by nearest rank', relativeError: null },
  heatmap: null,
  skipped: [],
  warnings: [],
}

describe("a bucket's tooltip", () => {
  test('the highest first, with how far they may be off', () => {
    const lines = [line('a', [1], [0.5]), line('b', [3]), line('c', [null], [null]), line('d', [10], [null])]
    const rows = tooltipRows(lines, 0, format)
    expect(rows.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'd ≥ 10 ms',
      'b 3 ms',
      'a 1 ms ± 0.5 ms',
      'c none',
    ])
  })

  test('twelve of many, the rest counted', () => {
    const rows = tooltipRows(
      Array.from({ length: 50 }, (_, index) => line(`l${index}`, [index])),
      0,
      format,
    )
    expect(rows).toHaveLength(13)
    expect(rows[0]?.name).toBe('l49')
    expect(rows[12]?.name).toBe('and 38 more')
  })

  test('method, n and error of percentiles', () => {
    const lines = [line('P95', [3, 3, 3], [0.5, 0.5, null]), line('P99', [4, 4, null], [0.5, null, null])]
    expect(plain(percentileNote(variant, lines, 0))).toBe('n = 240 · by nearest rank')
    expect(plain(percentileNote(variant, lines, 1))).toBe(
      'n = 7: under 20 they say little · what lies beyond the last bound is a lower limit · by nearest rank',
    )
    const other = { ...line('b', [1], [0.5]), group: { ...group, columns: { count: [1_000] } } }
    expect(plain(percentileNote(variant, [...lines, other], 0))).toBe('n = 240 to 1,000 a group · by nearest rank')
    expect(percentileNote(variant, [line('rate', [1])], 0)).toBeUndefined()
    expect(percentileNote({ ...variant, percentiles: null }, lines, 0)).toBeUndefined()
  })
})
