import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpanlightError } from '#shared/contract/errors.ts'
import { type CursorShape, decodeCursor, encodeCursor } from './cursor.ts'

const integer = fc.bigInt({ min: -(2n ** 63n - 1n), max: 2n ** 63n - 1n })

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof SpanlightError) return error.code
    throw error
  }
}

const shapes: Record<CursorShape, fc.Arbitrary<(bigint | string)[]>> = {
  nn: fc.tuple(integer, integer),
  nt: fc.tuple(integer, fc.string()),
  nnt: fc.tuple(integer, integer, fc.string()),
}

describe('a cursor', () => {
  it.each(Object.entries(shapes))('of shape %s reads back as the key it was made from', (shape, key) => {
    fc.assert(
      fc.property(fc.string(), key, (list, each) => {
        const cursor = encodeCursor(list, each)
        expect(cursor).toMatch(/^[\w-]+$/)
        expect(decodeCursor(list, shape as CursorShape, cursor)).toEqual(each)
      }),
    )
  })

  it('of another list or shape is refused', () => {
    const cursor = encodeCursor('traces newest', [1n, 'ab'])
    expect(codeOf(() => decodeCursor('logs newest', 'nt', cursor))).toBe('BAD_INPUT')
    expect(codeOf(() => decodeCursor('traces newest', 'nn', cursor))).toBe('BAD_INPUT')
    expect(codeOf(() => decodeCursor('traces newest', 'nnt', cursor))).toBe('BAD_INPUT')
  })

  it('with an integer that SQLite has not is refused', () => {
    const cursor = Buffer.from(JSON.stringify(['list', `n${2n ** 63n}`, 'n0'])).toString('base64url')
    expect(codeOf(() => decodeCursor('list', 'nn', cursor))).toBe('BAD_INPUT')
  })

  it('that is anything else is refused, never an error of ours', () => {
    const forged = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc
        .array(fc.oneof(fc.constant('list'), fc.string(), fc.integer()))
        .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
    )
    fc.assert(
      fc.property(forged, (cursor) => {
        expect(codeOf(() => decodeCursor('list', 'nn', cursor))).toBe('BAD_INPUT')
      }),
      { numRuns: 1000 },
    )
  })
})
