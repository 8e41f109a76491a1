import { describe, expect, it } from 'vitest'
import { RowFlag } from '#shared/contract/waterfall.ts'
import { isUnusual, rowWarnings, traceWarnings } from './trace-warnings.ts'
import { waterfallOf } from './waterfall-fixture.ts'

const titles = (rows: Parameters<typeof waterfallOf>[0]) => traceWarnings(waterfallOf(rows)).map(({ title }) => title)

describe('traceWarnings', () => {
  it('has none for an ordinary trace', () => {
    expect(
      titles([{ depth: 0 }, { depth: 1, flags: RowFlag.endsAfterParent | RowFlag.exception | RowFlag.links }]),
    ).toEqual([])
  })

  it('counts orphans, not the rows that stand in for their parents', () => {
    const rows = [{ depth: 0, flags: RowFlag.missingParent }, { depth: 1 }, { depth: 1 }, { depth: 2 }]
    expect(titles(rows)).toEqual(['2 spans without their parent'])
    expect(traceWarnings(waterfallOf(rows))[0]?.row).toBe(0)
  })

  it('names each oddity and the first row of it', () => {
    expect(
      titles([
        { depth: 0 },
        { depth: 0, flags: RowFlag.cycle },
        { depth: 0, flags: RowFlag.selfParent },
        { depth: 1, flags: RowFlag.startsBeforeParent | RowFlag.negativeDuration },
        { depth: 1, flags: RowFlag.twin },
      ]),
    ).toEqual([
      '3 roots',
      '1 circle of parents',
      '1 span is its own parent',
      '1 span starts before its parent',
      '1 span ends before it starts',
      '1 span shares its id',
    ])
  })
})

describe('rowWarnings', () => {
  it('explains every flag that is a warning', () => {
    const notWarnings: readonly number[] = [RowFlag.exception, RowFlag.links]
    for (const flag of Object.values(RowFlag)) {
      const warnings = rowWarnings(flag)
      expect(warnings).toHaveLength(notWarnings.includes(flag) ? 0 : 1)
      for (const { text } of warnings) expect(text).toMatch(/\.$/)
    }
  })

  it('tells the unusual from the common', () => {
    expect(isUnusual(RowFlag.endsAfterParent | RowFlag.zeroDuration)).toBe(false)
    expect(isUnusual(RowFlag.cycle)).toBe(true)
  })
})
