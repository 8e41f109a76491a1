import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexSpans, spanKeyAt } from './span-index.ts'
import {
  allFolded,
  allOpen,
  errorSums,
  foldedRows,
  isFolded,
  nearestVisible,
  positionOf,
  visibleRows,
  withFolded,
} from './trace-rows.ts'
import { depthsFrom, waterfallOf } from './waterfall-fixture.ts'

const tree = fc
  .array(fc.nat(1000), { minLength: 1, maxLength: 60 })
  .map((numbers) => waterfallOf(depthsFrom(numbers).map((depth) => ({ depth }))))

const nothing = { focusRow: undefined, onlyMatches: undefined }

describe('visibleRows', () => {
  it('hides exactly the rows that have a folded ancestor', () => {
    fc.assert(
      fc.property(tree, fc.infiniteStream(fc.boolean()), (columns, bits) => {
        const folded = Uint8Array.from(columns.descendants, (below) => (below > 0 && bits.next().value ? 1 : 0))
        const shown = new Set(visibleRows(columns, { ...nothing, folded }))
        for (let row = 0; row < columns.rowCount; row++) {
          let hidden = false
          for (let above = columns.parent[row] ?? -1; above >= 0; above = columns.parent[above] ?? -1)
            hidden ||= folded[above] === 1
          expect(shown.has(row)).toBe(!hidden)
        }
      }),
    )
  })

  it('keeps to the focused subtree', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (columns, seed) => {
        const focusRow = seed % columns.rowCount
        const rows = visibleRows(columns, { ...nothing, focusRow, folded: new Uint8Array(columns.rowCount) })
        expect(rows[0]).toBe(focusRow)
        expect(rows.length).toBe((columns.descendants[focusRow] ?? 0) + 1)
        const depth = columns.depth[focusRow] ?? 0
        for (const row of rows.subarray(1)) expect(columns.depth[row]).toBeGreaterThan(depth)
      }),
    )
  })

  it('shows matches with their ancestors, folded or not', () => {
    const columns = waterfallOf([0, 1, 2, 1, 1, 2].map((depth) => ({ depth })))
    const onlyMatches = Uint8Array.of(0, 0, 0, 0, 0, 1)
    const folded = Uint8Array.of(1, 1, 0, 0, 1, 0)
    expect([...visibleRows(columns, { focusRow: undefined, folded, onlyMatches })]).toEqual([0, 4, 5])
  })

  it('is empty for an empty trace', () => {
    expect(visibleRows(waterfallOf([]), { ...nothing, folded: new Uint8Array(0) }).length).toBe(0)
  })

  it('takes no time to speak of for 50 thousand rows', () => {
    const columns = bigTrace(50_000)
    const folded = new Uint8Array(columns.rowCount)
    const run = () => visibleRows(columns, { ...nothing, folded })
    run()
    const times = Array.from({ length: 5 }, () => {
      const before = performance.now()
      run()
      return performance.now() - before
    })
    expect(Math.min(...times)).toBeLessThan(10)
  })
})

function bigTrace(rowCount: number) {
  const columns = waterfallOf([])
  const descendants = new Uint32Array(rowCount)
  const parent = new Int32Array(rowCount)
  parent[0] = -1
  descendants[0] = rowCount - 1
  return { ...columns, rowCount, descendants, parent }
}

describe('folds', () => {
  it('fold and open single spans whatever the base', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.tuple(fc.nat(5), fc.boolean())), (open, steps) => {
        let folds = open ? allOpen : allFolded
        const expected = new Map<string, boolean>()
        for (const [span, folded] of steps) {
          folds = withFolded(folds, [String(span)], folded)
          expected.set(String(span), folded)
        }
        for (const [span, folded] of expected) expect(isFolded(folds, span)).toBe(folded)
        expect(isFolded(folds, 'another')).toBe(!open)
      }),
    )
  })

  it('are the same object when nothing changes', () => {
    expect(withFolded(allOpen, ['a'], false)).toBe(allOpen)
  })

  it('are kept by span, not by row, and only where there are children', () => {
    const columns = waterfallOf([0, 1, 0, 1].map((depth) => ({ depth })))
    const keyOfSecondRoot = spanKeyAt(columns, 2)
    const grown = waterfallOf([
      { depth: 0, id: 100 },
      { depth: 0, id: 1 },
      { depth: 1, id: 2 },
      { depth: 0, id: 3 },
      { depth: 1, id: 4 },
    ])
    const folds = withFolded(allOpen, [keyOfSecondRoot, spanKeyAt(columns, 3)], true)
    expect([...foldedRows(columns, indexSpans(columns), folds)]).toEqual([0, 0, 1, 0])
    expect([...foldedRows(grown, indexSpans(grown), folds)]).toEqual([0, 0, 0, 1, 0])
    expect([...foldedRows(grown, indexSpans(grown), withFolded(allFolded, [keyOfSecondRoot], false))]).toEqual([
      0, 1, 0, 0, 0,
    ])
  })
})

describe('positions', () => {
  it('are found by binary search', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(500), (numbers, wanted) => {
        const rows = Uint32Array.from(numbers).sort()
        expect(positionOf(rows, wanted)).toBe(rows.indexOf(wanted))
      }),
    )
  })

  it('fall back to the nearest visible ancestor', () => {
    const columns = waterfallOf([0, 1, 2, 0].map((depth) => ({ depth })))
    const visible = Uint32Array.of(0, 3)
    expect(nearestVisible(columns, visible, 2)).toBe(0)
    expect(nearestVisible(columns, visible, 3)).toBe(3)
    expect(nearestVisible(columns, Uint32Array.of(3), 2)).toBe(-1)
  })
})

describe('errorSums', () => {
  it('counts the errors of any range of rows', () => {
    const columns = waterfallOf([true, false, true, true].map((error, depth) => ({ depth, error })))
    const sums = errorSums(columns, 2)
    expect([...sums]).toEqual([0, 1, 1, 2, 3])
  })
})
