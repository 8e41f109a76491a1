import { expect, test } from 'vitest'
import type { ReadDb } from '../store/database.ts'
import { keptRows } from './kept-rows.ts'
import type { RollupRow } from './rollup-row.ts'

const mebibyte = 1024 * 1024

function rowOfSize(bytes: number): RollupRow {
  const numbers = { n: 1, count: 1, sum_ns: 1, min_ns: 1, max_ns: 1, start_unix_s: 0, kind: 2, in_view: 1 }
  return { ...numbers, outcome: 0, sketch: new Uint8Array(bytes), exemplars: new Uint8Array(80) }
}

test('kept rows are those of the revision they were read under', () => {
  const rows = keptRows({} as ReadDb)
  rows.put('bucket', 3, [rowOfSize(10)])
  expect([rows.get('bucket', 3)?.length, rows.get('bucket', 4), rows.get('other', 3)]).toEqual([
    1,
    undefined,
    undefined,
  ])
})

test('kept rows make room for new ones, those put longest ago first, and are never more than the room', () => {
  const rows = keptRows({} as ReadDb)
  for (const key of ['a', 'b', 'c', 'a', 'd']) rows.put(key, 1, [rowOfSize(0.9 * mebibyte)])
  expect(['a', 'b', 'c', 'd'].filter((key) => rows.get(key, 1))).toEqual(['a', 'c', 'd'])
  rows.put('large', 1, [rowOfSize(4 * mebibyte)])
  expect(['a', 'c', 'd', 'large'].filter((key) => rows.get(key, 1))).toEqual([])
})
