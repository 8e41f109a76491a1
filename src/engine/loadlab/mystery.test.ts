/** Exercises are the same for everybody with the same seed, and judged fairly. */

import { expect, it } from 'vitest'
import { builtInScenario } from './built-in.ts'
import { exerciseSheet, mysteryOf, verdictOn } from './mystery.ts'

const shop = builtInScenario('checkout-shop')

it('makes the same sheet of five kinds from the same seed', () => {
  const sheet = exerciseSheet(12, true)
  expect(exerciseSheet(12, true)).toEqual(sheet)
  expect(exerciseSheet(13, true)).not.toEqual(sheet)
  expect(new Set(sheet.exercises.map(({ answer }) => answer?.fault)).size).toBe(5)
  expect(new Set(sheet.exercises.map(({ story }) => story)).size).toBe(5)
})

it('keeps answers out of a sheet for the class', () => {
  const { exercises } = exerciseSheet(12, false)
  expect(exercises.every(({ answer }) => answer === null)).toBe(true)
})

it('picks many kinds over many seeds', () => {
  const kinds = new Set(Array.from({ length: 200 }, (_, seed) => mysteryOf(seed, 1).fault))
  expect(kinds.size).toBe(17)
})

const plan = { ...mysteryOf(1, 1), fault: 'pool-exhausted' as const, where: 'checkout:orders-db', strength: 4000 }

it.each([
  ['checkout', 'pool-exhausted', true, true],
  ['orders-db', 'pool-exhausted', true, true],
  ['payment', 'pool-exhausted', false, true],
  ['checkout', 'slow-query', true, false],
])('%s and %s: service %s, kind %s', (service, fault, serviceRight, kindRight) => {
  const right = serviceRight && kindRight
  expect(verdictOn(plan, shop, { service, fault })).toMatchObject({ right, serviceRight, kindRight })
})

it('tells the answer without a guess', () => {
  expect(verdictOn(plan, shop, null)).toMatchObject({ right: false, guess: null, answer: { service: 'orders-db' } })
})
