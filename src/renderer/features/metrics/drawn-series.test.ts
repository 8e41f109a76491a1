import { expect, test } from 'vitest'
import type { MetricGroup } from '#shared/contract/metric-chart.ts'
import { drawnSeries } from './drawn-series.ts'
import type { MetricLine } from './metric-lines.ts'

const group: MetricGroup = { key: [], title: '', seriesCount: 1, services: [], rank: 1, columns: {}, acrossGaps: 0 }

function line(id: string): MetricLine {
  return {
    id,
    name: id,
    service: undefined,
    color: 'red',
    isDashed: false,
    values: [1],
    stats: undefined,
    group,
    errors: undefined,
  }
}

test('the first in rank lies in front', () => {
  expect(drawnSeries([line('a'), line('b')], undefined).map(({ id, color }) => [id, color])).toEqual([
    ['b', 'red'],
    ['a', 'red'],
  ])
})

test('the one pointed at lies in front of grey ones', () => {
  expect(drawnSeries([line('a'), line('b'), line('c')], 'b').map(({ id, color }) => [id, color])).toEqual([
    ['c', 'var(--line-strong)'],
    ['a', 'var(--line-strong)'],
    ['b', 'red'],
  ])
  expect(drawnSeries([line('a')], 'a')[0]?.width).toBe(1.6)
  expect(drawnSeries([line('a'), line('b')], 'gone')[0]?.color).toBe('red')
})
