import { describe, expect, test } from 'vitest'
import type { MetricGroup, MetricVariant } from '#shared/contract/metric-chart.ts'
import { GroupColors } from './group-colors.ts'
import { chooseLine, linesOnShow, metricLines, statsOf } from './metric-lines.ts'
import { chosenMode, modesOf, quantileText } from './metric-modes.ts'

function group(title: string, columns: MetricGroup['columns'], more: Partial<MetricGroup> = {}): MetricGroup {
  return { key: [title], title, seriesCount: 1, services: ['shop'], rank: 1, columns, acrossGaps: 0, ...more }
}

function variant(parts: Partial<MetricVariant>): MetricVariant {
  return {
    type: 'gauge',
    unit: '1',
    description: '',
    temporality: 'unspecified',
    monotonic: false,
    main: 'last',
    rankedBy: 'the newest value',
    groups: [],
    groupCount: parts.groups?.length ?? 0,
    seriesCount: 1,
    seriesShown: 1,
    attributes: [],
    percentiles: null,
    heatmap: null,
    skipped: [],
    warnings: [],
    ...parts,
  }
}

const histogram = { type: 'histogram', unit: 's', main: 'p95', temporality: 'cumulative' } as const

function draw(of: MetricVariant, groupBy: readonly string[], show?: string) {
  const mode = chosenMode(modesOf(of, 'm', '10 s'), show)
  if (mode === undefined) throw new Error('no mode')
  return { mode, lines: metricLines(of, groupBy, mode, new GroupColors()) }
}

describe('what can be drawn', () => {
  test.each([
    ['gauge', variant({}), ['last', 'avg', 'min', 'max']],
    ['counter', variant({ type: 'sum', monotonic: true, main: 'rate' }), ['rate', 'increase']],
    ['up-down counter', variant({ type: 'sum' }), ['last', 'avg']],
    ['histogram, one group', variant({ ...histogram, groups: [group('a', {})] }), ['percentiles', 'avg', 'rate']],
    [
      'histogram, several groups',
      variant({ ...histogram, groups: [group('a', { max: [1] }), group('b', {})] }),
      ['p95', 'p50', 'p99', 'avg', 'max', 'rate'],
    ],
    [
      'summary',
      variant({ type: 'summary', groups: [group('a', {}, { quantiles: [{ quantile: 0.5, values: [1] }] })] }),
      ['quantiles', 'avg', 'rate'],
    ],
    ['summary without quantiles', variant({ type: 'summary', groups: [group('a', {})] }), ['avg', 'rate']],
  ])('of a %s', (_, of, ids) => {
    expect(modesOf(of, 'm', '10 s').map(({ id }) => id)).toEqual(ids)
  })

  test('what the URL asks for, where it can be drawn', () => {
    const modes = modesOf(variant({}), 'm', '10 s')
    expect(chosenMode(modes, 'max')?.id).toBe('max')
    expect(chosenMode(modes, 'p95')?.id).toBe('last')
    expect(chosenMode(modes, undefined)?.id).toBe('last')
  })

  test('quantiles by name', () => {
    expect([0, 0.5, 0.95, 0.999, 1].map(quantileText)).toEqual(['Min', 'P50', 'P95', 'P99.9', 'Max'])
  })
})

describe('lines', () => {
  test('one for each group, services in their colour, the same title twice told apart', () => {
    const { lines } = draw(variant({ groups: [group('a', { last: [1, null, 3] }), group('a', { last: [2, 2, 2] })] }), [
      'k',
    ])
    expect(lines.map(({ id }) => id)).toEqual(['a', 'a (2)'])
    expect(lines[0]?.stats).toEqual({ last: 3, min: 1, mean: 2, max: 3 })
    expect(lines[0]?.color).not.toBe(lines[1]?.color)

    const [service] = draw(variant({ groups: [group('shop', { last: [1] })] }), ['service.name']).lines
    expect(service?.service).toBe('shop')
    const [alone] = draw(variant({ groups: [group('m', { last: [1] }, { key: [] })] }), []).lines
    expect(alone?.color).toBe('var(--p95)')
  })

  test('three percentiles of a single group, with their error bounds', () => {
    const columns = { p50: [1, 2], p95: [3, null], p99: [5, 6], p95Error: [0.1, null] }
    const { lines } = draw(variant({ ...histogram, groups: [group('m', columns, { key: [] })] }), [])
    expect(lines.map(({ name }) => name)).toEqual(['P50', 'P95', 'P99'])
    expect(lines[1]?.errors).toEqual([0.1, null])
    expect(lines[1]?.values).toEqual([3, null])
  })

  test('quantiles of a summary as sent', () => {
    const quantiles = [
      { quantile: 0.99, values: [9] },
      { quantile: 0.5, values: [1] },
    ]
    const { lines } = draw(variant({ type: 'summary', groups: [group('m', {}, { quantiles })] }), [])
    expect(lines.map(({ name, values }) => [name, values])).toEqual([
      ['P50', [1]],
      ['P99', [9]],
    ])
    const two = variant({ type: 'summary', groups: [group('a', {}, { quantiles }), group('b', {}, { quantiles: [] })] })
    const { mode, lines: each } = draw(two, ['k'], 'q0.99')
    expect(mode.label).toBe('P99')
    expect(each.map(({ values }) => values)).toEqual([[9], []])
  })

  test('colours stay with their group when ranks change', () => {
    const colors = new GroupColors()
    const before = ['a', 'b', 'c'].map((id) => colors.of(id).color)
    expect(['c', 'a', 'b', 'a'].map((id) => colors.of(id).color)).toEqual([before[2], before[0], before[1], before[0]])
    expect(new Set(Array.from({ length: 12 }, (_, index) => colors.of(`g${index}`).color)).size).toBe(12)
    expect(colors.of('thirteenth and more').isDashed).toBe(true)
  })

  test('services that share a colour are told apart by dashes', () => {
    const colors = new GroupColors()
    const [cart, catalog] = ['cart', 'catalog'].map((name) => colors.ofService(name))
    expect(catalog?.color).toBe(cart?.color)
    expect([cart?.isDashed, catalog?.isDashed, colors.ofService('cart').isDashed]).toEqual([false, true, false])
    expect(colors.ofService('checkout').isDashed).toBe(false)
  })

  test('nothing drawn has no statistics', () => {
    expect(statsOf([null, null])).toBeUndefined()
    expect(statsOf([])).toBeUndefined()
  })
})

describe('isolating lines', () => {
  const { lines } = draw(variant({ groups: [group('a', {}), group('b', {}), group('c', {})] }), ['k'])

  test('those chosen, or all where none of them is there', () => {
    expect(linesOnShow(lines, []).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(linesOnShow(lines, ['b']).map(({ id }) => id)).toEqual(['b'])
    expect(linesOnShow(lines, ['gone']).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('a click isolates and brings all back, with Ctrl more join', () => {
    expect(chooseLine([], 'a', false)).toEqual(['a'])
    expect(chooseLine(['a'], 'a', false)).toEqual([])
    expect(chooseLine(['a', 'b'], 'a', false)).toEqual(['a'])
    expect(chooseLine(['a'], 'b', true)).toEqual(['a', 'b'])
    expect(chooseLine(['a', 'b'], 'b', true)).toEqual(['a'])
  })
})
