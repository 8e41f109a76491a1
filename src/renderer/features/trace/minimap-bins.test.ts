import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCell, minimapGrid } from './minimap-bins.ts'
import { waterfallOf } from './waterfall-fixture.ts'

describe('minimapGrid', () => {
  it('gives each span a cell of its lane at least, within the grid', () => {
    const span = fc.record({ start: fc.nat(1000), duration: fc.integer({ min: -100, max: 1000 }) })
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 1 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (spans, width, maxLanes) => {
          const columns = waterfallOf(spans.map((row) => ({ depth: 0, ...row })))
          const grid = minimapGrid(columns, () => 7, { width, maxLanes })
          expect(grid.lanes).toBe(Math.min(maxLanes, spans.length))
          expect(grid.cells.length).toBe(grid.width * grid.lanes)
          for (let lane = 0; lane < grid.lanes; lane++)
            expect(grid.cells.subarray(lane * width, (lane + 1) * width)).toContain(7)
        },
      ),
    )
  })

  it('puts errors on top', () => {
    const columns = waterfallOf([
      { depth: 0, start: 40, duration: 20, error: true },
      { depth: 0, start: 0, duration: 100 },
    ])
    const { cells } = minimapGrid(columns, () => 1, { width: 10, maxLanes: 1 })
    expect([...cells]).toEqual([1, 1, 1, 1, errorCell, errorCell, errorCell, 1, 1, 1])
  })

  it('is empty for an empty trace', () => {
    expect([...minimapGrid(waterfallOf([]), () => 1, { width: 3, maxLanes: 4 }).cells]).toEqual([0, 0, 0])
  })
})
