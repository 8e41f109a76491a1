/** Faults as people write them, and what is said when they can't be. */

import { describe, expect, it } from 'vitest'
import { nearestName } from '#shared/model/nearest-name.ts'
import { builtInScenario, builtInScenarios } from './built-in.ts'
import { faultPlans, placesOf } from './fault-catalog.ts'
import { parseFault, placeFault } from './place-fault.ts'

const shop = builtInScenario('checkout-shop')
const place = (text: string): unknown => placeFault(parseFault(text), shop)

it.each([
  ['database-timeout', { fault: 'database-timeout', where: 'orders-db', strength: 30 }],
  ['database-timeout=100%', { fault: 'database-timeout', where: 'orders-db', strength: 100 }],
  ['database-timeout=10@stock-db', { fault: 'database-timeout', where: 'stock-db', strength: 10 }],
  ['added-latency=1.5s@gateway', { fault: 'added-latency', where: 'gateway', strength: 1500 }],
  ['added-latency=800ms', { fault: 'added-latency', where: 'inventory', strength: 800 }],
  ['retry-storm=3x@storefront:gateway', { fault: 'retry-storm', where: 'storefront:gateway', strength: 3 }],
  ['cache-down', { fault: 'cache-down', where: 'cache', strength: null }],
])('%s', (text, placed) => {
  expect(place(text)).toEqual(placed)
})

it.each([
  ['databse-timeout', /no fault "databse-timeout"\. Did you mean "database-timeout"\?/],
  ['timeout', /Did you mean "database-timeout"\?/],
  ['qqqqqqqq', /There are: database-timeout, slow-query/],
  ['database-timeout=800ms', /write a number of %, such as 30%/],
  ['database-timeout=0%', /from 1 to 100 %/],
  ['database-timeout=101%', /from 1 to 100 %/],
  ['database-timeout=much', /no strength of database-timeout/],
  ['database-timeout@payment', /can't be at "payment"\. There are: orders-db, stock-db/],
  ['database-timeout@order-db', /Did you mean "orders-db"\?/],
  ['cache-down=3', /has no strength/],
  ['=3', /is no fault/],
])('refuses %s', (text, said) => {
  expect(() => place(text)).toThrow(said)
})

it('says when a scenario has no place for a fault', () => {
  expect(() => placeFault({ fault: 'cache-down' }, builtInScenario('chatty-monolith'))).toThrow(/not possible/)
})

it('finds the nearest name', () => {
  expect(nearestName('memoryleak', ['memory-leak', 'cache-down'])).toBe('memory-leak')
  expect(nearestName('zzz', ['memory-leak'])).toBeUndefined()
})

describe.each(builtInScenarios)('in $name', (scenario) => {
  it('every fault has a default within its places and strengths', () => {
    for (const plan of faultPlans) {
      const places = placesOf(plan, scenario)
      if (!places) continue
      expect(places.options).toContain(places.default)
      expect(placeFault({ fault: plan.name }, scenario)).toMatchObject({ where: places.default })
    }
  })
})

it('every fault is possible in the shop', () => {
  expect(faultPlans.filter((plan) => !placesOf(plan, shop))).toEqual([])
})
