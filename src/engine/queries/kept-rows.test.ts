import { expect, test } from 'vitest'
import type { ReadDb } from '../store/database.ts'
import { keptRows } from './kept-rows.ts'
import type { RollupRow } from './rollup-row.ts'

const mebibyte = 1024 * 1024

function rowOfSize(bytes: number): RollupRow {
  const numbers = { n: 1, count: 1, sum_ns: 1, min_ns: 1, max_ns: 1, start_unix_s: 0, kind: 2, in_view: 1 }
  return { ...numbers, outcome: 0, sketch: new Uint8Array(bytes), exemplars: new Uint8Array(80) }
}

test('kept rows make room for new ones, those put longest ago first, and are never more than the room', () => {
  const rows = keptRows({} as ReadDb)
  const put = (key: string, bytes: number): void => rows.put(key, { revision: 1, rows: [rowOfSize(bytes)] })
  for (const key of ['a', 'b', 'c', 'a', 'd']) put(key, 0.9 * mebibyte)
  expect(['a', 'b', 'c', 'd'].filter((key) => rows.get(key))).toEqual(['a', 'c', 'd'])
  put('large', 4 * mebibyte)
  expect(['a', 'c', 'd', 'large'].filter((key) => rows.get(key))).toEqual(['a', 'c', 'd'])
})
