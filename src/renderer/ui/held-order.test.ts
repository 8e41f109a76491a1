import { expect, test } from 'vitest'
import { heldOrder } from './held-order.ts'

test('an order holds still while it is held, with what is new at its end', () => {
  expect(heldOrder(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual(['a', 'c', 'd'])
})
