import { expect, test } from 'vitest'
import { serviceColor, serviceColorCount, serviceColorSlot } from './service-color.ts'

test('a name always has the same colour', () => {
  expect(serviceColor('checkout')).toBe(serviceColor('checkout'))
  expect(serviceColor('checkout')).toBe(`var(--s${serviceColorSlot('checkout')})`)
})

test('slots are 1 to 12 and all are used', () => {
  const slots = new Set(Array.from({ length: 600 }, (_, index) => serviceColorSlot(`service-${index}`)))
  expect([...slots].sort((a, b) => a - b)).toEqual(Array.from({ length: serviceColorCount }, (_, index) => index + 1))
})

test('names that differ at their end are spread evenly', () => {
  const counts = new Map<number, number>()
  for (let index = 0; index < 1_200; index++) {
    const slot = serviceColorSlot(`svc${index}`)
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  for (const count of counts.values()) expect(count).toBeGreaterThan(50)
})
