import { expect, test } from 'vitest'
import { nextIndex } from './row-keys.ts'

test('keys move within the list', () => {
  expect(nextIndex('j', -1, 10, 5)).toBe(0)
  expect(nextIndex('ArrowDown', 9, 10, 5)).toBe(9)
  expect(nextIndex('k', 0, 10, 5)).toBe(0)
  expect(nextIndex('ArrowUp', 4, 10, 5)).toBe(3)
  expect(nextIndex('PageDown', 7, 10, 5)).toBe(9)
  expect(nextIndex('PageUp', 7, 10, 5)).toBe(2)
  expect(nextIndex('Home', 7, 10, 5)).toBe(0)
  expect(nextIndex('End', 7, 10, 5)).toBe(9)
})

test('other keys and empty lists move nothing', () => {
  expect(nextIndex('x', 1, 10, 5)).toBeUndefined()
  expect(nextIndex('j', -1, 0, 5)).toBeUndefined()
})
