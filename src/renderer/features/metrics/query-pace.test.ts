import { expect, test } from 'vitest'
import { paceOf, timed } from './query-pace.ts'

test('what is quick follows every commit, what is slow rests in between', () => {
  expect(paceOf(undefined)).toEqual({ live: true, refetchInterval: false })
  expect(paceOf({ answer: 1, tookMs: 40 })).toEqual({ live: true, refetchInterval: false })
  expect(paceOf({ answer: 1, tookMs: 400 })).toEqual({ live: false, refetchInterval: 2_000 })
  expect(paceOf({ answer: 1, tookMs: 1_900 })).toEqual({ live: false, refetchInterval: 9_500 })
  expect(paceOf({ answer: 1, tookMs: 10 }, 5_000)).toEqual({ live: false, refetchInterval: 5_000 })
})

test('an answer knows how long it took', async () => {
  const { answer, tookMs } = await timed(async () => 'yes')
  expect(answer).toBe('yes')
  expect(tookMs).toBeGreaterThanOrEqual(0)
})
