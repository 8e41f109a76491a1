import { expect, test } from 'vitest'
import type { ReadDb } from '../store/database.ts'
import { type KeptSums, keptRuns } from './kept-sums.ts'
import { type PackedSums, packSums, sumsOf } from './operation-cells.ts'

/** Of about so many bytes each. */
function sumsOfSize(bytes: number): KeptSums {
  const packed = packSums(sumsOf(new Map(), 1))
  const sums: PackedSums = { ...packed, ok: { ...packed.ok, sketch: new Uint8Array(bytes) } }
  return { seen: [], count: 0, untilUnixSeconds: 0, sums: new Map([[1, sums]]) }
}

const runsOfHandle = (): ReturnType<typeof keptRuns> => keptRuns({} as ReadDb)
const mebibyte = 1024 * 1024

test('kept sums make room for new ones, those put longest ago first', () => {
  const runs = runsOfHandle()
  for (const key of ['a', 'b', 'c', 'a', 'd']) runs.put(key, sumsOfSize(1.2 * mebibyte))
  expect(['a', 'b', 'c', 'd'].filter((key) => runs.get(key))).toEqual(['a', 'c', 'd'])
})

test('sums too large for all the room are not kept, nor are older ones of the same question', () => {
  const runs = runsOfHandle()
  runs.put('small', sumsOfSize(1_000))
  runs.put('large', sumsOfSize(1_000))
  runs.put('large', sumsOfSize(5 * mebibyte))
  expect([runs.get('small') !== undefined, runs.get('large')]).toEqual([true, undefined])
})

test('each handle keeps its own', () => {
  const [one, other] = [{} as ReadDb, {} as ReadDb]
  keptRuns(one).put('question', sumsOfSize(10))
  expect([keptRuns(one).get('question') !== undefined, keptRuns(other).get('question')]).toEqual([true, undefined])
})
