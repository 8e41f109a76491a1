import { expect, test } from 'vitest'
import { faultRows, faultSearch, placeText, strengthText } from './fault-rows.ts'
import { catalog, edgeState, share, statusWith, topology } from './lab-fixture.ts'

const since = '1800000000000000000'
const active = {
  id: 'database-timeout@orders',
  fault: 'database-timeout',
  where: 'orders',
  strength: 30,
  sinceUnixNano: since,
  untilUnixNano: null,
}

test('a card for what is possible here, and the others by name', () => {
  expect(faultRows(catalog, statusWith({}))).toMatchObject({
    on: 0,
    possible: [{ fault: { name: 'database-timeout' }, places: ['orders'], defaultPlace: 'orders', active: [] }],
    impossible: ['cache-down'],
  })
})

test('one that is on in two places counts once', () => {
  const rows = faultRows(catalog, statusWith({ faults: [active, { ...active, where: 'other' }] }))
  expect(rows.on).toBe(1)
  expect(rows.possible[0]?.active).toHaveLength(2)
})

test('strengths and places are said as people say them', () => {
  expect(strengthText({ ...share, choices: [] }, 30)).toBe(`30 %`)
  expect(strengthText({ ...share, unit: 'ms', choices: [] }, 1500)).toBe(`1.50 s`)
  expect(strengthText({ ...share, unit: '×', choices: [] }, 5)).toBe(`5 ×`)
  expect(strengthText(null, null)).toBe('')
  expect(placeText('shop:payment')).toBe('shop → payment')
})

test('links go to who shows the fault, from a minute before it', () => {
  const edges = [edgeState('payment', 'orders', { rate: 1 }), edgeState('shop', 'orders', { rate: 8 })]
  const search = (where: string) => faultSearch({ where, sinceUnixNano: since }, { topology, edges })
  expect(search('orders')).toEqual({
    range: undefined,
    start: '1799999940000000000',
    end: undefined,
    service: 'shop',
  })
  expect(search('payment').service).toBe('payment')
  expect(search('shop:payment').service).toBe('shop')
  expect(search('events:payment').service).toBe('payment')
})
