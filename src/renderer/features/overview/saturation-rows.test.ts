import { describe, expect, it } from 'vitest'
import type { Saturation, SaturationResource } from '#shared/contract/saturation.ts'
import {
  drawnKeys,
  resourceColors,
  resourceKey,
  resourceRows,
  saturationSeries,
  wantedGroups,
} from './saturation-rows.ts'

const resource = (title: string, share: number | null): SaturationResource => ({
  kind: 'cpu',
  title,
  service: 'cart',
  metric: 'process.cpu.utilization',
  unit: '1',
  values: [0.5],
  latest: 0.5,
  peak: 0.5,
  limit: share === null ? null : 1,
  limitMetric: null,
  share: share === null ? null : [share],
  latestShare: share,
  peakShare: share,
})
const resources = [...'abcdefg'].map((title, index) => resource(title, 0.9 - index / 10))
const answer = (all: SaturationResource[]): Saturation => ({
  startUnixNano: '0',
  endUnixNano: '10000000000',
  stepSeconds: 10,
  resources: all,
  resourceCount: all.length,
  active: [],
  activeCount: 0,
  wanted: [],
  warnings: [],
})

describe('resources', () => {
  it('are drawn five at a time unless others are picked', () => {
    expect(drawnKeys(resources, undefined).size).toBe(5)
    const g = resourceKey(resource('g', 0.3))
    expect([...drawnKeys(resources, [g])]).toEqual([g])
    expect(drawnKeys(resources, []).size).toBe(0)
  })

  it('that were picked and are gone leave the fullest', () => {
    expect(drawnKeys(resources, ['gone']).size).toBe(5)
  })

  it('without a limit are listed by their value and not drawn', () => {
    const endless = answer([resource('a', 0.5), resource('b', null)])
    const drawn = drawnKeys(endless.resources, undefined)
    expect(resourceRows(endless, drawn).map(({ canBeDrawn, isDrawn }) => [canBeDrawn, isDrawn])).toEqual([
      [true, true],
      [false, false],
    ])
    expect(saturationSeries(endless, drawn).map(({ name }) => name)).toEqual(['a · cart'])
  })

  it('have colours by their names, and no two the same while there are enough', () => {
    const keys = resources.map(resourceKey)
    expect(new Set(resourceColors(keys).values()).size).toBe(7)
    expect(resourceColors([...keys].reverse())).toEqual(resourceColors(keys))
  })
})

describe('what to instrument', () => {
  it('is said once for everything it would bring', () => {
    expect(
      wantedGroups([
        { kind: 'cpu', how: 'Run a collector.', metrics: ['process.cpu.time'] },
        { kind: 'gc', how: 'Add runtime metrics.', metrics: ['v8js.gc.duration'] },
        { kind: 'memory', how: 'Run a collector.', metrics: ['process.memory.usage'] },
      ]),
    ).toEqual([
      { kinds: ['cpu', 'memory'], how: 'Run a collector.', metrics: ['process.cpu.time', 'process.memory.usage'] },
      { kinds: ['gc'], how: 'Add runtime metrics.', metrics: ['v8js.gc.duration'] },
    ])
  })
})
