import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowFlag } from '#shared/contract/waterfall.ts'
import { errorOrdinal, errorsBelow, errorsIn, operationLabel, serviceLabel, traceModel } from './trace-model.ts'
import { rowRange } from './trace-selection.ts'
import { depthsFrom, waterfallOf } from './waterfall-fixture.ts'

describe('traceModel', () => {
  it('counts spans and not the rows that stand in for missing parents', () => {
    const model = traceModel(waterfallOf([{ depth: 0, flags: RowFlag.missingParent }, { depth: 1 }, { depth: 1 }]))
    expect(model.spanCount).toBe(2)
  })

  it('shows names on one line, bounded, never empty', () => {
    const columns = waterfallOf([{ depth: 0, service: 'a\nb', name: `x${'y'.repeat(5000)}` }])
    const unnamed = { ...columns, operations: [{ service: 0, name: '', kind: 1 }] }
    expect(serviceLabel(traceModel(columns), 0)).toBe('a ⏎ b')
    expect(operationLabel(traceModel(columns), 0).length).toBeLessThan(500)
    expect(operationLabel(traceModel(unnamed), 0)).toBe('(no name)')
  })
})

describe('errors', () => {
  it('are counted within any subtree', () => {
    const tree = fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(tree, (rows) => {
        const depths = depthsFrom(rows.map(([number]) => number))
        const columns = waterfallOf(rows.map(([, error], row) => ({ depth: depths[row] ?? 0, error })))
        const model = traceModel(columns)
        for (let row = 0; row < columns.rowCount; row++) {
          const { end } = rowRange(columns, row)
          const errors = rows.slice(row, end).flatMap(([, error], index) => (error ? [row + index] : []))
          expect(errorsIn(model, { first: row, end })).toBe(errors.length)
          expect(errorsBelow(model, row)).toBe(errors.filter((at) => at !== row).length)
          errors.forEach((at, index) => {
            expect(errorOrdinal(model, at, { first: row, end })).toBe(index + 1)
          })
        }
      }),
    )
  })
})
