import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseMaxAge,
  parseMaxSize,
  parseRollupAge,
  pruningNotice,
  writeMaxAge,
  writeRollupAge,
} from './retention-text.ts'

const gib = 1_024 ** 3

test('a maximum size needs a unit and room for something', () => {
  expect(parseMaxSize('2 GiB')).toEqual({ value: 2 * gib })
  expect(parseMaxSize('16 MiB').value).toBe(16 * 1_024 ** 2)
  expect(parseMaxSize('15 MiB').problem).toBe('At least 16 MiB')
  expect(parseMaxSize('2').problem).toMatch(/unit/)
})

describe('a maximum age', () => {
  test.each([
    ['off', null],
    [' ', null],
    ['7 d', 604_800],
    ['24h', 86_400],
    ['1 d 12 h', 129_600],
    ['1 min', 60],
  ])('%j', (text, expected) => {
    expect(parseMaxAge(text)).toEqual({ value: expected })
  })

  test.each(['7', 'never', '59 s', '-1 d'])('%j is none', (text) => {
    expect(parseMaxAge(text).problem).toBeDefined()
  })

  test('is written in the largest unit that divides it', () => {
    expect([null, 604_800, 129_600, 5_400, 61].map(writeMaxAge)).toEqual(['off', '7 d', '36 h', '90 min', '61 s'])
  })

  test('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 1e9 }), (seconds) => {
        expect(parseMaxAge(writeMaxAge(seconds))).toEqual({ value: seconds })
      }),
    )
  })
})

describe('what saving would delete', () => {
  const before = { maxBytes: 2 * gib, maxAgeSeconds: 86_400, rollupMaxAgeSeconds: null }
  const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

  test('nothing while limits grow or what is in use fits', () => {
    expect(pruningNotice(before, { ...before, maxBytes: 4 * gib, maxAgeSeconds: null }, 3 * gib)).toBeUndefined()
    expect(pruningNotice(before, { ...before, maxBytes: gib }, gib / 2)).toBeUndefined()
  })

  test('what is beyond the new limits', () => {
    expect(plain(pruningNotice(before, { ...before, maxBytes: gib }, 1.5 * gib))).toBe(
      'About 512 MiB of the oldest data will be deleted: 1.5 GiB is in use now.',
    )
    expect(pruningNotice({ ...before, maxAgeSeconds: null }, { ...before, maxAgeSeconds: 3_600 }, gib)).toBe(
      'Everything older than 1 h will be deleted.',
    )
  })

  test('rollups that are older', () => {
    expect(pruningNotice(before, { ...before, rollupMaxAgeSeconds: 86_400 }, gib)).toBe(
      'Rollups older than 1 d will be deleted.',
    )
    const kept = { ...before, rollupMaxAgeSeconds: 3_600 }
    expect(pruningNotice(kept, { ...kept, rollupMaxAgeSeconds: 86_400 }, gib)).toBeUndefined()
    expect(pruningNotice(kept, { ...kept, rollupMaxAgeSeconds: null }, gib)).toBeUndefined()
  })
})

test('rollups are kept for an hour at least, or forever', () => {
  for (const text of ['', 'forever', 'Forever']) expect(parseRollupAge(text)).toEqual({ value: null })
  expect(parseRollupAge('90 d')).toEqual({ value: 7_776_000 })
  expect(parseRollupAge('59 min').problem).toBe('At least 1 h')
  expect(parseRollupAge('off').problem).toMatch(/or forever$/)
  expect([null, 7_776_000].map(writeRollupAge)).toEqual(['forever', '90 d'])
})
