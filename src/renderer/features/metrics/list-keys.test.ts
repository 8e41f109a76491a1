import { expect, test } from 'vitest'
import { nextRow } from './list-keys.ts'

test.each([
  ['ArrowDown', -1, 0],
  ['j', 3, 4],
  ['k', 0, 0],
  ['ArrowUp', 5, 4],
  ['PageDown', 5, 9],
  ['PageUp', 5, 1],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['x', 5, undefined],
])('%s from row %d of ten', (key, from, to) => {
  expect(nextRow(key, from, 10, 4)).toBe(to)
})

test('an empty list has no rows to move to', () => {
  expect(nextRow('End', -1, 0, 4)).toBeUndefined()
})
