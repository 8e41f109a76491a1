/** Statements that were run come first once. */

import { expect, it } from 'vitest'
import { oneLine, withQuery } from './query-history.ts'

it('puts the last one first, each once, and forgets the oldest', () => {
  expect(withQuery(['b', 'a'], 'a')).toEqual(['a', 'b'])
  const many = Array.from({ length: 40 }, (_, index) => `SELECT ${index}`)
  expect(withQuery(many, 'new')).toHaveLength(30)
})

it('shows a statement in a line', () => expect(oneLine('SELECT 1\n  FROM\tspan ')).toBe('SELECT 1 FROM span'))
