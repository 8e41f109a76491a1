import { describe, expect, test } from 'vitest'
import { defaultGrouping } from './default-grouping.ts'

const attributes = [
  { key: 'host.name', values: 4 },
  { key: 'service.name', values: 2 },
  { key: 'state', values: 2 },
  { key: 'pool', values: 1 },
]
const counter = { type: 'sum', monotonic: true, temporality: 'cumulative', seriesCount: 16 } as const
const gauge = { type: 'gauge', monotonic: false, temporality: 'unspecified', seriesCount: 16 } as const

describe('the grouping a metric begins with', () => {
  test('what adds up is told apart by service, if there are several', () => {
    expect(defaultGrouping({ ...counter, attributes })).toEqual(['service.name'])
    expect(defaultGrouping({ ...counter, attributes: [{ key: 'state', values: 3 }] })).toEqual([])
    expect(defaultGrouping({ ...counter, type: 'histogram', monotonic: false, attributes })).toEqual(['service.name'])
    expect(defaultGrouping({ ...counter, monotonic: false, temporality: 'delta', attributes })).toEqual([
      'service.name',
    ])
  })

  test('every series of a gauge or a size is a line, by the fewest keys that do it', () => {
    expect(defaultGrouping({ ...gauge, attributes, seriesCount: 4 })).toEqual(['service.name', 'state'])
    expect(defaultGrouping({ ...gauge, attributes })).toEqual(['service.name', 'state', 'host.name'])
    expect(defaultGrouping({ ...counter, monotonic: false, attributes, seriesCount: 2 })).toEqual(['service.name'])
    expect(defaultGrouping({ ...gauge, attributes: [], seriesCount: 1 })).toEqual([])
  })

  test('at most eight keys', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, values: 2 }))
    expect(defaultGrouping({ ...gauge, attributes: many, seriesCount: 1e9 })).toHaveLength(8)
  })
})
