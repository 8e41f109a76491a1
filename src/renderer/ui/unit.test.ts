import { describe, expect, test } from 'vitest'
import { axisOf, perSecond, tickFormat, unitOf } from './unit.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('values in their unit', () => {
  test.each([
    ['s', 0.0384, '38.4 ms'],
    ['s', 0, '0 s'],
    ['s', 95, '1 min 35 s'],
    ['ms', 1_240, '1.24 s'],
    ['us', 12, '12 µs'],
    ['ns', 999_999, '1 ms'],
    ['s', -0.5, '−500 ms'],
    ['By', 0, '0 B'],
    ['By', 512, '512 B'],
    ['By', 1_290, '1.26 KiB'],
    ['By', 1_048_575, '1 MiB'],
    ['By', -2_048, '−2 KiB'],
    ['KiBy', 2_048, '2 MiB'],
    ['MBy', 1.048576, '1 MiB'],
    ['1', 1_234.5, '1,235'],
    ['', 12, '12'],
    ['%', 92.34, '92.3 %'],
    ['%', 0.01, '<0.1 %'],
    ['{request}', 1, '1 request'],
    ['{request}', 1_240, '1,240 requests'],
    ['{entry}', 2, '2 entries'],
    ['{process}', 2, '2 processes'],
    ['{bytes}', 2, '2 bytes'],
    ['Hz', 2_400_000_000, '2.4 GHz'],
    ['Cel', 21.5, '21.5 °C'],
    ['furlongs', 3, '3 furlongs'],
    ['By/s', 5_242_880, '5 MiB/s'],
    ['{request}/s', 9.81, '9.81 requests/s'],
    ['{request}/min', 1, '1 requests/min'],
    ['1/s', 0.5, '0.5/s'],
    ['s/s', 0.42, '420 ms/s'],
    ['Cel/s', 2, '2 °C/s'],
    ['By', Number.NaN, 'NaN'],
    ['s', Number.NEGATIVE_INFINITY, '−∞'],
  ])('%s: %d', (unit, value, expected) => {
    expect(plain(unitOf(unit).format(value))).toBe(expected)
  })

  test('a dimensionless share is told by its name', () => {
    expect(plain(unitOf('1', 'system.cpu.utilization').format(0.923))).toBe('92.3 %')
    expect(plain(unitOf('1', 'cache.hit_ratio').format(1.5))).toBe('150 %')
    expect(plain(unitOf('', 'jvm.cpu.recent_utilization').format(0.5))).toBe('50 %')
    expect(plain(unitOf('1', 'generation.count').format(0.5))).toBe('0.5')
  })

  test('an axis names its unit once', () => {
    expect(unitOf('{request}/s').label).toBe('requests/s')
    expect(plain(unitOf('{request}/s').tick(20))).toBe('20')
    expect(unitOf('s').label).toBe('')
    expect(plain(unitOf('s').tick(5))).toBe('5 s')
    expect(plain(unitOf('s').tick(2.5))).toBe('2.5 s')
    expect(unitOf('By/s').label).toBe('per second')
    expect(plain(unitOf('By/s').tick(1_024))).toBe('1 KiB')
  })

  test('exactly, in the unit as sent', () => {
    expect(plain(unitOf('By').exact(1_234_567))).toBe('1,234,567 By')
    expect(plain(unitOf('s').exact(0.123456789))).toBe('0.123456789 s')
    expect(plain(unitOf('1').exact(-1_234.5))).toBe('−1,234.5')
    expect(plain(unitOf('{request}').exact(12))).toBe('12 requests')
    expect(plain(unitOf('1/s').exact(0.25))).toBe('0.25/s')
  })

  test('an axis is round in its unit', () => {
    const ticks = (unit: string, high: number) => {
      const read = unitOf(unit)
      return axisOf(read, [high]).ticks.map((tick) => plain(read.tick(tick)))
    }
    expect(ticks('By', 9_000_000)).toEqual(['0 B', '5 MiB', '10 MiB'])
    expect(ticks('KiBy', 9_000)).toEqual(['0 B', '5 MiB', '10 MiB'])
    expect(ticks('s', 1_500)).toEqual(['0 s', '10 min', '20 min', '30 min'])
    expect(ticks('ms', 0.9)).toEqual(['0 ms', '500 µs', '1 ms'])
    expect(ticks('{request}', 90)).toEqual(['0', '50', '100'])
  })

  test('as many digits as tell ticks apart', () => {
    const ticks = (unit: string, values: number[], name?: string) => {
      const read = unitOf(unit, name)
      const format = tickFormat(read, { scale: 'linear', min: 0, max: 1, ticks: values })
      return values.map((tick) => plain(format(tick)))
    }
    expect(ticks('{item}', [92.4, 92.45, 92.5])).toEqual(['92.4', '92.45', '92.5'])
    expect(ticks('By', [210_000_000, 210_100_000])).toEqual(['200.3 MiB', '200.4 MiB'])
    expect(ticks('s', [1.2001, 1.2002])).toEqual(['1.2001 s', '1.2002 s'])
    expect(ticks('1', [0.9991, 0.9992], 'cache.hit_ratio')).toEqual(['99.91 %', '99.92 %'])
    expect(ticks('Hz', [2_400_100_000, 2_400_200_000])).toEqual(['2.4001 GHz', '2.4002 GHz'])
    expect(ticks('s', [0, 1])).toEqual(['0 s', '1 s'])
  })

  test('how fast it changes', () => {
    expect(perSecond('By')).toBe('By/s')
    expect(perSecond('1')).toBe('1/s')
    expect(perSecond('')).toBe('1/s')
    expect(perSecond('{request}')).toBe('{request}/s')
  })
})
