import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogHistogram } from '#shared/contract/logs.ts'
import { severityLevels } from '#shared/model/severity.ts'
import {
  barsOf,
  boundsBetween,
  bucketAt,
  bucketCount,
  bucketStart,
  countsIn,
  sumOf,
  ticksOf,
  totalsOf,
} from './histogram-geometry.ts'

const size = { width: 800, height: 48 }

const histograms: fc.Arbitrary<LogHistogram> = fc
  .record({
    buckets: fc.integer({ min: 1, max: 120 }),
    levels: fc.subarray([...severityLevels]),
    seed: fc.infiniteStream(fc.oneof(fc.constant(0), fc.nat({ max: 100_000 }))),
  })
  .map(({ buckets, levels, seed }) => ({
    startUnixNano: '1795336500000000000',
    stepNs: 7_500_000_000,
    series: levels.map((level) => ({
      level,
      counts: Array.from({ length: buckets }, () => Number(seed.next().value)),
    })),
  }))

describe('barsOf', () => {
  it('keeps every bar inside the chart and every count visible', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        for (const bar of barsOf(histogram, size)) {
          expect(bar.x).toBeGreaterThanOrEqual(0)
          expect(bar.x + bar.width).toBeLessThanOrEqual(size.width + 1)
          let y = size.height
          for (const segment of bar.segments) {
            expect(segment.height).toBeGreaterThan(0.5)
            expect(segment.y + segment.height).toBeCloseTo(y)
            y = segment.y
          }
          expect(y).toBeGreaterThanOrEqual(-0.001)
        }
      }),
    )
  })

  it('loses no record', () => {
    fc.assert(
      fc.property(histograms, (histogram) => {
        const drawn = barsOf(histogram, size).reduce((sum, bar) => sum + sumOf(bar.segments), 0)
        expect(drawn).toBe(sumOf(totalsOf(histogram)))
      }),
    )
  })

  it('stands the worst level on the base line', () => {
    const histogram: LogHistogram = {
      startUnixNano: '0',
      stepNs: 1,
      series: [
        { level: 'info', counts: [10_000] },
        { level: 'error', counts: [1] },
      ],
    }
    const [bar] = barsOf(histogram, size)
    expect(bar?.segments.map((segment) => segment.level)).toEqual(['error', 'info'])
    expect(bar?.segments[0]?.height).toBeGreaterThan(1.5)
    expect(countsIn(histogram, 0)).toEqual([
      { level: 'error', count: 1 },
      { level: 'info', count: 10_000 },
    ])
  })

  it('draws nothing for nothing', () => {
    expect(barsOf({ startUnixNano: '0', stepNs: 0, series: [] }, size)).toEqual([])
    expect(ticksOf({ startUnixNano: '0', stepNs: 0, series: [] }, 800, 90, 0).ticks).toEqual([])
  })
})

describe('a drag', () => {
  it('selects whole buckets, in either direction, and what was pressed is inside', () => {
    const x = fc.double({ min: -50, max: 850, noNaN: true })
    fc.assert(
      fc.property(
        histograms.filter((histogram) => bucketCount(histogram) > 0),
        x,
        x,
        (histogram, from, to) => {
          const bounds = boundsBetween(from, to, histogram, size.width)
          expect(boundsBetween(to, from, histogram, size.width)).toEqual(bounds)
          expect(BigInt(bounds.start)).toBeLessThan(BigInt(bounds.end))
          const pressed = bucketStart(histogram, bucketAt(from, histogram, size.width))
          expect(pressed).toBeGreaterThanOrEqual(BigInt(bounds.start))
          expect(pressed).toBeLessThan(BigInt(bounds.end))
        },
      ),
    )
  })
})

describe('ticksOf', () => {
  it('falls on round local times', () => {
    const histogram: LogHistogram = {
      // 2026-11-22 08:35:07 UTC
      startUnixNano: '1795336507000000000',
      stepNs: 60_000_000_000,
      series: [{ level: 'info', counts: new Array<number>(60).fill(1) }],
    }
    const { stepNs, ticks } = ticksOf(histogram, 800, 90, 0)
    expect(stepNs).toBe(15 * 60e9)
    expect(ticks.map((tick) => new Date(Number(tick.timeUnixNano / 1_000_000n)).toISOString().slice(11, 19))).toEqual([
      '08:45:00',
      '09:00:00',
      '09:15:00',
      '09:30:00',
    ])
  })

  it('never stands closer than asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 50 }), fc.integer({ min: 100, max: 2000 }), (stepNs, width) => {
        const histogram: LogHistogram = {
          startUnixNano: '1795336507000000000',
          stepNs,
          series: [{ level: 'info', counts: new Array<number>(80).fill(1) }],
        }
        const { ticks } = ticksOf(histogram, width, 90, 3_600e9)
        for (const [index, tick] of ticks.entries()) {
          const before = ticks[index - 1]
          if (before) expect(tick.x - before.x).toBeGreaterThan(89)
        }
      }),
    )
  })
})
