/** The address of a statement: what a link restores, and what it can't hold. */

import { expect, it } from 'vitest'
import { linkOf } from '../../client/sql-link.ts'
import { openQuery, sqlUrlSchema } from './sql-url.ts'

it('holds a statement and its chart, and takes what is mangled for absent', () => {
  expect(sqlUrlSchema.parse({ q: 'SELECT 1', view: 'chart', x: 'a', y: 'b' })).toMatchObject({
    q: 'SELECT 1',
    y: ['b'],
  })
  expect(sqlUrlSchema.parse({ q: ['a', 'b'], view: 'pie', shape: 'x' })).toEqual({})
})

it('leaves out a statement that would make the address too long', () => {
  expect(linkOf('SELECT 1')).toBe('SELECT 1')
  expect(linkOf(`SELECT '${'x'.repeat(7_000)}'`)).toBeUndefined()
  // Counted as it is written in an address: three characters each.
  expect(linkOf(' '.repeat(2_500))).toBeUndefined()
  expect(openQuery('SELECT 2')).toMatchObject({ q: 'SELECT 2', view: undefined, y: undefined })
})
