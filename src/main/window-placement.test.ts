import { describe, expect, test } from 'vitest'
import { type Display, placementOn, readPlacements, remember } from './window-placement.ts'

const laptop: Display = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 850 } }
const monitor: Display = { id: 2, workArea: { x: 1440, y: 0, width: 2560, height: 1400 } }
const none = readPlacements(undefined)
const onMonitor = remember(none, monitor, {
  bounds: { x: 1600, y: 100, width: 1800, height: 1200 },
  isMaximized: false,
})

describe('the window opens', () => {
  test('in the middle of the primary display at first', () => {
    expect(placementOn([laptop, monitor], none)).toEqual({
      bounds: { x: 80, y: 40, width: 1280, height: 820 },
      isMaximized: false,
    })
  })

  test('where it was last', () => {
    expect(placementOn([laptop, monitor], onMonitor).bounds).toEqual({ x: 1600, y: 100, width: 1800, height: 1200 })
  })

  test('where it was on the primary display when its last display is gone', () => {
    const both = remember(
      remember(none, laptop, { bounds: { x: 10, y: 30, width: 900, height: 600 }, isMaximized: true }),
      monitor,
      {
        bounds: { x: 1600, y: 100, width: 1800, height: 1200 },
        isMaximized: false,
      },
    )
    expect(placementOn([laptop], both)).toEqual({
      bounds: { x: 10, y: 30, width: 900, height: 600 },
      isMaximized: true,
    })
  })

  test('within a display that has become smaller', () => {
    const small: Display = { id: 2, workArea: { x: 0, y: 0, width: 1280, height: 700 } }
    expect(placementOn([small], onMonitor).bounds).toEqual({ x: 0, y: 0, width: 1280, height: 700 })
  })

  test('reachable, even when it was left almost outside', () => {
    const outside = remember(none, laptop, {
      bounds: { x: 1430, y: -500, width: 900, height: 600 },
      isMaximized: false,
    })
    expect(placementOn([laptop], outside).bounds).toEqual({ x: 540, y: 25, width: 900, height: 600 })
  })

  test('no smaller than can be worked in', () => {
    const tiny = remember(none, laptop, { bounds: { x: 100, y: 100, width: 10, height: 10 }, isMaximized: false })
    expect(placementOn([laptop], tiny).bounds).toMatchObject({ width: 720, height: 480 })
  })
})

describe('what is remembered', () => {
  test('survives being written and read', () => {
    expect(readPlacements(JSON.parse(JSON.stringify(onMonitor)))).toEqual(onMonitor)
  })

  test.each([
    null,
    7,
    'x',
    [],
    { byDisplay: { 1: { bounds: { x: 'a', y: 0, width: 1, height: 1 } } } },
    { byDisplay: { 1: { bounds: { x: 0, y: 0, width: 1e300, height: 1 } } } },
    { byDisplay: 3, lastDisplay: '1' },
  ])('is nothing where the file holds %j', (content) => {
    expect(readPlacements(content)).toEqual({ lastDisplay: undefined, byDisplay: {} })
  })

  test('ends with the display used last, and drops the one used longest ago', () => {
    const placement = { bounds: { x: 0, y: 0, width: 800, height: 600 }, isMaximized: false }
    const ids = Array.from({ length: 12 }, (_, index) => 100 - index)
    const remembered = ids.reduce((before, id) => remember(before, { id }, placement), none)
    expect(remembered.lastDisplay).toBe(89)
    expect(Object.keys(remembered.byDisplay)).toHaveLength(8)
  })
})
