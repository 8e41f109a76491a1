import { expect, test } from 'vitest'
import { RestartPolicy } from './restart-policy.ts'

test('a death is forgiven, a second within a minute is not', () => {
  const policy = new RestartPolicy()
  expect(policy.mayRestart(0)).toBe(true)
  expect(policy.mayRestart(59_999)).toBe(false)
})

test('deaths a minute apart are each the first', () => {
  const policy = new RestartPolicy()
  expect([0, 60_000, 120_000].map((nowMs) => policy.mayRestart(nowMs))).toEqual([true, true, true])
})

test('a start that a person asked for counts anew', () => {
  const policy = new RestartPolicy()
  policy.mayRestart(0)
  policy.forget()
  expect(policy.mayRestart(10)).toBe(true)
})
