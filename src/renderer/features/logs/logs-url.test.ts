import { expect, it } from 'vitest'
import { logsSearchSchema } from './logs-url.ts'

it('reads what a link says', () => {
  expect(logsSearchSchema.parse({ q: '"order failed" -health', severity: 'warn', live: 'off', log: '42' })).toEqual({
    q: '"order failed" -health',
    severity: 'warn',
    live: 'off',
    log: 42,
  })
})

it('opens the plain list for a mangled link', () => {
  const mangled = { q: ['a', 'b'], severity: 'loud', live: 'maybe', log: '-1', range: '15m' }
  expect(Object.values(logsSearchSchema.parse(mangled)).every((value) => value === undefined)).toBe(true)
})
