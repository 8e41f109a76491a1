import { expect, it } from 'vitest'
import { aroundInstant, logsSearchSchema } from './logs-url.ts'

it('reads what a link says', () => {
  expect(logsSearchSchema.parse({ q: '"order failed" -health', severity: 'warn', live: 'off', log: '42' })).toEqual({
    q: '"order failed" -health',
    severity: 'warn',
    live: 'off',
    log: 42,
  })
})

it('opens the plain list for a mangled link', () => {
  const mangled = { q: ['a', 'b'], severity: 'loud', live: 'maybe', log: '-1', range: 'soon' }
  expect(Object.values(logsSearchSchema.parse(mangled)).every((value) => value === undefined)).toBe(true)
})

it('reaches around an instant, but not before time began', () => {
  expect(aroundInstant('1795336507000000000')).toMatchObject({
    start: '1795336492000000000',
    end: '1795336522000000000',
    q: undefined,
  })
  expect(aroundInstant('1').start).toBe('0')
})
