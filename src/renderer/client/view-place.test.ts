import { expect, test } from 'vitest'
import { placeOf, screenOf } from './view-place.ts'

test('views are of screens with filters', () => {
  expect(['/traces', '/logs', '/overview', '/metrics'].map(screenOf)).toEqual(['traces', 'logs', 'overview', 'metrics'])
  expect(['/', '/sql', '/settings', '/traces/0af7651916cd43dd8448eb211c80319c'].map(screenOf)).toEqual(
    Array(4).fill(undefined),
  )
})

test('a view leads to its screen as it was', () => {
  expect(placeOf({ screen: 'traces', search: 'range=1h&errors=true' })).toBe('/traces?range=1h&errors=true')
  expect(placeOf({ screen: 'logs', search: '' })).toBe('/logs')
})
