import { describe, expect, test } from 'vitest'
import { groupKeysOf, groupKeysParam, metricsUrlSchema, openMetric } from './metrics-url.ts'

describe("the Metrics screen's URL", () => {
  test('keys to group by: unsaid, none, one or many', () => {
    expect(groupKeysOf(metricsUrlSchema.parse({}))).toBeUndefined()
    expect(groupKeysOf(metricsUrlSchema.parse({ by: 'none' }))).toEqual([])
    expect(groupKeysOf(metricsUrlSchema.parse({ by: 'http.route' }))).toEqual(['http.route'])
    expect(groupKeysOf(metricsUrlSchema.parse({ by: ['a', 'b'] }))).toEqual(['a', 'b'])
    for (const keys of [[], ['a'], ['a', 'b']])
      expect(groupKeysOf(metricsUrlSchema.parse({ by: groupKeysParam(keys) }))).toEqual(keys)
  })

  test('a mangled link still opens', () => {
    expect(metricsUrlSchema.parse({ name: 'x', by: 7, attr: {}, scale: 'sideways' })).toEqual({
      name: 'x',
      by: undefined,
      attr: undefined,
      scale: undefined,
    })
  })

  test('opening another metric forgets how the last was drawn, and keeps the search', () => {
    expect({ ...metricsUrlSchema.parse({ q: 'http', name: 'a', by: 'k', show: 'p50' }), ...openMetric('b') }).toEqual({
      q: 'http',
      name: 'b',
    })
  })
})
