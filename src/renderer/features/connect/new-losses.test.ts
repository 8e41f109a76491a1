import { expect, test } from 'vitest'
import { newLosses } from './new-losses.ts'

test('only what grew since is new', () => {
  const old = { signal: 'traces', reason: 'bad id', count: 3 }
  expect(newLosses([old], [old])).toEqual([])
  expect(
    newLosses(
      [old],
      [
        { ...old, count: 5 },
        { signal: 'logs', reason: 'bad id', count: 1 },
      ],
    ),
  ).toEqual([
    { ...old, count: 2 },
    { signal: 'logs', reason: 'bad id', count: 1 },
  ])
})

test('what retention pruned is no mistake of a sender', () => {
  expect(newLosses([], [{ signal: 'traces', reason: 'pruned: over the size limit', count: 9 }])).toEqual([])
})
