import { expect, test } from 'vitest'
import { lowestDrawn, metricHeatGrid } from './heat-grid.ts'

test('open ends get an edge to draw to', () => {
  const grid = metricHeatGrid({
    rows: [
      { from: null, to: 0.01 },
      { from: 0.01, to: 0.1 },
      { from: 0.1, to: null },
    ],
    counts: [
      [1, 2, 3],
      [0, 0, 4],
    ],
  })
  expect(grid?.bounds).toEqual([expect.closeTo(0.001), 0.01, 0.1, 0.2])
  expect(grid?.counts).toEqual([
    [1, 2, 3],
    [0, 0, 4],
  ])
  expect(grid).toMatchObject({ isOpenBelow: true, isOpenAbove: true })
})

test('holes between rows are rows without counts', () => {
  const grid = metricHeatGrid({
    rows: [
      { from: 1, to: 2 },
      { from: 8, to: 16 },
    ],
    counts: [[5, 7]],
  })
  expect(grid?.bounds).toEqual([1, 2, 8, 16])
  expect(grid?.counts).toEqual([[5, 0, 7]])
})

test('values below zero', () => {
  const grid = metricHeatGrid({
    rows: [
      { from: null, to: -5 },
      { from: -5, to: 0 },
      { from: 0, to: null },
    ],
    counts: [[1, 1, 1]],
  })
  expect(grid?.bounds).toEqual([-10, -5, 0, 1])
})

test('a logarithmic axis begins below the row that reaches down to zero', () => {
  expect(lowestDrawn([0, 10, 50, 100])).toBe(2)
  expect(lowestDrawn([0, 10])).toBe(5)
  expect(lowestDrawn([1, 10, 50])).toBe(1)
})

test('nothing counted is no heatmap', () => {
  expect(metricHeatGrid({ rows: [], counts: [] })).toBeUndefined()
  expect(metricHeatGrid({ rows: [{ from: 0, to: 1 }], counts: [[0], [0]] })).toBeUndefined()
})
