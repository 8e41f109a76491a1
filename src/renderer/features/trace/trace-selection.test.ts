import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanKeyAt } from './span-index.ts'
import { ancestorKeys, firstChild, moveBy, nextError, nextOf, parentRow, rowRange } from './trace-selection.ts'
import { depthsFrom, waterfallOf } from './waterfall-fixture.ts'

const columns = waterfallOf([
  { depth: 0 },
  { depth: 1, error: true },
  { depth: 2 },
  { depth: 1, error: true },
  { depth: 0, error: true },
])

describe('moveBy', () => {
  const visible = Uint32Array.of(0, 3, 4)
  it('walks the visible rows and stops at the ends', () => {
    expect(moveBy(visible, 0, 1)).toBe(3)
    expect(moveBy(visible, 3, -1)).toBe(0)
    expect(moveBy(visible, 4, 1)).toBe(4)
    expect(moveBy(visible, 0, -20)).toBe(0)
  })
  it('starts at an end when nothing visible is selected', () => {
    expect(moveBy(visible, undefined, 1)).toBe(0)
    expect(moveBy(visible, 2, -1)).toBe(4)
    expect(moveBy(new Uint32Array(0), undefined, 1)).toBeUndefined()
  })
})

describe('parent and child', () => {
  it('are visible or nothing', () => {
    const all = Uint32Array.of(0, 1, 2, 3, 4)
    expect(parentRow(columns, all, 2)).toBe(1)
    expect(parentRow(columns, all, 0)).toBeUndefined()
    expect(parentRow(columns, Uint32Array.of(2), 2)).toBeUndefined()
    expect(firstChild(columns, all, 1)).toBe(2)
    expect(firstChild(columns, all, 2)).toBeUndefined()
    expect(firstChild(columns, Uint32Array.of(0, 4), 0)).toBeUndefined()
  })
  it('undo each other', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (numbers) => {
        const tree = waterfallOf(depthsFrom(numbers).map((depth) => ({ depth })))
        const all = Uint32Array.from({ length: tree.rowCount }, (_, row) => row)
        for (const row of all) {
          const child = firstChild(tree, all, row)
          if (child !== undefined) expect(parentRow(tree, all, child)).toBe(row)
          else expect(tree.descendants[row]).toBe(0)
        }
      }),
    )
  })
})

describe('nextError', () => {
  it('goes round in both directions', () => {
    const range = rowRange(columns, undefined)
    expect(nextError(columns, undefined, 1, range)).toBe(1)
    expect(nextError(columns, 1, 1, range)).toBe(3)
    expect(nextError(columns, 4, 1, range)).toBe(1)
    expect(nextError(columns, 1, -1, range)).toBe(4)
    expect(nextError(columns, undefined, -1, range)).toBe(4)
  })
  it('keeps to the focus', () => {
    const range = rowRange(columns, 1)
    expect(nextError(columns, 4, 1, range)).toBe(1)
    expect(nextError(columns, 1, -1, range)).toBe(1)
    expect(nextError(columns, 2, 1, rowRange(columns, 2))).toBeUndefined()
  })
  it('visits every error once per round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1 }),
        fc.constantFrom(1 as const, -1 as const),
        (errors, step) => {
          const flat = waterfallOf(errors.map((error) => ({ depth: 0, error })))
          const seen: number[] = []
          let row: number | undefined
          for (let count = errors.filter(Boolean).length; count > 0; count--) {
            row = nextError(flat, row, step, rowRange(flat, undefined))
            if (row !== undefined) seen.push(row)
          }
          const expected = errors.flatMap((error, index) => (error ? [index] : []))
          expect(seen).toEqual(step > 0 ? expected : expected.reverse())
        },
      ),
    )
  })
})

describe('nextOf', () => {
  it('goes round', () => {
    const rows = Uint32Array.of(2, 5, 9)
    expect(nextOf(rows, undefined, 1)).toBe(2)
    expect(nextOf(rows, 4, 1)).toBe(5)
    expect(nextOf(rows, 9, 1)).toBe(2)
    expect(nextOf(rows, 2, -1)).toBe(9)
    expect(nextOf(new Uint32Array(0), 2, -1)).toBeUndefined()
  })
})

describe('ancestorKeys', () => {
  it('names the spans to unfold', () => {
    expect(ancestorKeys(columns, 2)).toEqual([spanKeyAt(columns, 1), spanKeyAt(columns, 0)])
  })
})
