import { describe, expect, test } from 'vitest'
import type { MetricExemplar, MetricGroup, MetricVariant } from '#shared/contract/metric-chart.ts'
import { chartNotes, drawnText, isDrawn } from './metric-notes.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const group: MetricGroup = { key: [], title: 'm', seriesCount: 1, services: [], rank: 1, columns: {}, acrossGaps: 0 }

function variant(parts: Partial<MetricVariant>): MetricVariant {
  return {
    type: 'sum',
    unit: 'By',
    description: '',
    temporality: 'cumulative',
    monotonic: true,
    main: 'rate',
    rankedBy: 'the newest value',
    groups: [],
    groupCount: 0,
    seriesCount: 0,
    seriesShown: 0,
    attributes: [],
    percentiles: null,
    heatmap: null,
    skipped: [],
    warnings: [],
    ...parts,
  }
}

describe('how much is drawn', () => {
  const fifty = Array.from({ length: 50 }, () => group)

  test.each([
    [{ groups: [group], groupCount: 1, seriesCount: 1 }, '1 series'],
    [{ groups: [group, group], groupCount: 2, seriesCount: 16 }, '2 groups of 16 series'],
    [
      { groups: fifty, groupCount: 1_204, seriesCount: 1_204, seriesShown: 50 },
      '50 of 1,204 series drawn, ranked by the newest value; the rest is counted',
    ],
    [
      { groups: fifty, groupCount: 70, seriesCount: 140, seriesShown: 100 },
      '50 of 70 groups drawn (100 of 140 series), ranked by the newest value; the rest is counted',
    ],
    [{}, '0 series'],
  ])('%#', (parts, text) => {
    expect(plain(drawnText(variant(parts), true))).toBe(text)
  })
})

test('one line for all series', () => {
  expect(plain(drawnText(variant({ groups: [group], groupCount: 1, seriesCount: 22 }), false))).toBe(
    '22 series together',
  )
  expect(plain(drawnText(variant({ groups: [group], groupCount: 1, seriesCount: 1 }), false))).toBe('1 series')
})

test('oddities, what was skipped, what fell into gaps, and exemplars that lead nowhere', () => {
  const exemplar: MetricExemplar = {
    timeUnixNano: '1',
    value: 1,
    traceId: 'a',
    spanId: null,
    traceStored: false,
    service: 's',
    unit: 'By',
  }
  const notes = chartNotes(
    variant({
      groups: [
        { ...group, acrossGaps: 1_000 },
        { ...group, acrossGaps: 240 },
      ],
      warnings: ['Bounds changed.'],
      skipped: [{ reason: 'the value is not a number', count: 3 }],
    }),
    [exemplar, { ...exemplar, unit: 's' }, { ...exemplar, traceStored: true }],
  )
  expect(notes.map(({ text, isWarning }) => [plain(text), isWarning])).toEqual([
    ['Bounds changed.', true],
    ['3 points not drawn: the value is not a number', true],
    ['1,240 counted while nothing arrived: known, but not when, so not drawn', false],
    ['1 exemplar of traces that are not stored here', false],
  ])
  expect(chartNotes(variant({}), [])).toEqual([])
})

test('a variant without a single value is not drawn', () => {
  expect(isDrawn(variant({}))).toBe(false)
  expect(isDrawn(variant({ groups: [{ ...group, columns: { rate: [null, null] } }] }))).toBe(false)
  expect(isDrawn(variant({ groups: [{ ...group, columns: { rate: [null, 0] } }] }))).toBe(true)
  expect(isDrawn(variant({ groups: [{ ...group, quantiles: [{ quantile: 0.5, values: [1] }] }] }))).toBe(true)
})
