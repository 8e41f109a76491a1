import { describe, expect, test } from 'vitest'
import type { Storage } from '#shared/contract/settings.ts'
import { foldingText, rollupsText, serviceRows, signalRows, usedParts } from './storage-rows.ts'

const storage: Storage = {
  rollups: { rows: 1_240, bytes: 2_048, spansToFold: 0 },
  fileBytes: 1_000,
  freeBytes: 100,
  signals: [
    { signal: 'traces', records: 12_000, bytes: 600 },
    { signal: 'logs', records: 3, bytes: 200 },
    { signal: 'metrics', records: 0, bytes: 0 },
  ],
  services: [
    { name: 'cart', spans: 10, logs: 3, points: 0, bytes: 300 },
    { name: 'shop', spans: 11_990, logs: 0, points: 0, bytes: 500 },
    { name: 'bank', spans: 0, logs: 0, points: 7, bytes: 300 },
  ],
}
const nothing: Storage = {
  rollups: { rows: 0, bytes: 0, spansToFold: 0 },
  fileBytes: 0,
  freeBytes: 0,
  signals: [{ signal: 'traces', records: 0, bytes: 0 }],
  services: [],
}

test('signals have shares of all that is held', () => {
  expect(signalRows(storage).map(({ label, records, share }) => [label, records, share])).toEqual([
    ['Spans', '12,000', 0.75],
    ['Log records', '3', 0.25],
    ['Metric points', '0', 0],
  ])
  expect(signalRows(nothing)[0]?.share).toBe(0)
})

describe('services', () => {
  const names = (column: 'name' | 'spans' | 'bytes', reversed = false) =>
    serviceRows(storage, { column, reversed }).map(({ name }) => name)

  test('stand by size, equals by name', () => {
    expect(names('bytes')).toEqual(['shop', 'bank', 'cart'])
    expect(names('bytes', true)).toEqual(['bank', 'cart', 'shop'])
  })

  test('or by any other column, either way', () => {
    expect(names('name')).toEqual(['bank', 'cart', 'shop'])
    expect(names('name', true)).toEqual(['shop', 'cart', 'bank'])
    expect(names('spans')).toEqual(['shop', 'cart', 'bank'])
  })
})

describe('the limit', () => {
  const shares = (maxBytes: number) => usedParts(storage, maxBytes).map(({ share }) => share)

  test('is filled by what data takes', () => {
    expect(shares(1_600)).toEqual([0.375, 0.125, 0])
  })

  test('is full when it was lowered below that', () => {
    expect(shares(400)).toEqual([0.75, 0.25, 0])
  })
})

test('rollups, and how far computing them anew has come', () => {
  const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
  expect(plain(rollupsText(storage))).toBe('1,240 rows, about 2 KiB')
  expect(foldingText(storage)).toBeUndefined()
  expect(plain(foldingText({ ...storage, rollups: { rows: 1, bytes: 1, spansToFold: 12_000 } }))).toBe(
    'Being computed anew: 12,000 spans to go',
  )
})
