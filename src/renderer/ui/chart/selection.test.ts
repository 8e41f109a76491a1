import { describe, expect, it } from 'vitest'
import { placeAfterKey, selectionBetween } from './selection.ts'
import { timeGrid } from './time-grid.ts'

const grid = timeGrid('1795336500000000007', 10, 90)

describe('selectionBetween', () => {
  it('is of whole buckets to the nanosecond, in whichever direction it was drawn', () => {
    const expected = { startUnixNano: '1795336520000000007', endUnixNano: '1795336550000000007' }
    expect(selectionBetween(grid, { bucket: 2 }, { bucket: 4 }, undefined)).toEqual(expected)
    expect(selectionBetween(grid, { bucket: 4 }, { bucket: 2 }, undefined)).toEqual(expected)
  })

  it('is of whole rows on a heatmap', () => {
    expect(selectionBetween(grid, { bucket: 0, row: 2 }, { bucket: 0, row: 1 }, [1, 10, 100, 1_000])).toMatchObject({
      minValue: 10,
      maxValue: 1_000,
    })
  })
})

describe('placeAfterKey', () => {
  const size = { buckets: 90, rows: 3 }
  it('moves through time and stops at its ends', () => {
    expect(placeAfterKey('ArrowRight', { bucket: 3 }, size)).toEqual({ bucket: 4 })
    expect(placeAfterKey('ArrowLeft', { bucket: 0 }, size)).toEqual({ bucket: 0 })
    expect(placeAfterKey('End', { bucket: 0 }, size)).toEqual({ bucket: 89 })
    expect(placeAfterKey('PageUp', { bucket: 20 }, size)).toEqual({ bucket: 11 })
  })

  it('moves through rows where there are some', () => {
    expect(placeAfterKey('ArrowUp', { bucket: 3, row: 2 }, size)).toEqual({ bucket: 3, row: 2 })
    expect(placeAfterKey('ArrowDown', { bucket: 3, row: 2 }, size)).toEqual({ bucket: 3, row: 1 })
    expect(placeAfterKey('ArrowUp', { bucket: 3 }, { buckets: 90, rows: 0 })).toBeUndefined()
  })

  it('knows no other keys', () => {
    expect(placeAfterKey('a', { bucket: 3 }, size)).toBeUndefined()
  })
})
