/** Keys move within the result and never out of it. */

import { expect, it } from 'vitest'
import { nextCell } from './cell-keys.ts'

const space = { rows: 100, columns: 4, pageRows: 20 }
const at = (row: number, column: number) => ({ row, column })

it.each([
  ['ArrowDown', false, at(-1, 0), at(0, 0)],
  ['ArrowDown', false, at(99, 1), at(99, 1)],
  ['ArrowLeft', false, at(3, 0), at(3, 0)],
  ['PageDown', false, at(90, 2), at(99, 2)],
  ['End', false, at(3, 1), at(3, 3)],
  ['End', true, at(3, 1), at(99, 3)],
  ['Home', true, at(3, 1), at(0, 0)],
  ['x', false, at(3, 1), undefined],
])('%s, far: %s', (key, isFar, from, to) => expect(nextCell(key, isFar, from, space)).toEqual(to))

it('moves nowhere where there is nothing', () =>
  expect(nextCell('ArrowDown', false, at(0, 0), { rows: 0, columns: 2, pageRows: 1 })).toBeUndefined())
