import { describe, expect, it } from 'vitest'
import { chartCsv } from './chart-csv.ts'
import type { DrawnPlot } from './chart-sheet.ts'
import { timeGrid } from './time-grid.ts'

const start = '1795336500000000000'
const plot: DrawnPlot = {
  grid: timeGrid(start, 10, 3),
  axis: { scale: 'linear', min: 0, max: 1, ticks: [0, 1] },
  rightAxis: undefined,
  formatTick: String,
  width: 100,
  height: 50,
  marks: [],
  exemplars: [],
}
const series = (name: string, values: readonly (number | null)[]) => ({ id: name, name, color: 'red', values })
const at = (nanos: number) => BigInt(start) + BigInt(nanos)

describe('a chart of series', () => {
  it('is a row for each bucket, with exact times and values', () => {
    const csv = chartCsv({
      plot,
      data: {
        kind: 'series',
        unit: 'ns',
        series: [series('P50', [1.5, null, 3e9]), series('P99', [0, 2, Number.NaN])],
      },
    })
    expect(csv).toBe(
      [
        'time,unix_nano,P50 (ns),P99 (ns)',
        '2026-11-22T08:35:00.000000000Z,1795336500000000000,1.5,0',
        '2026-11-22T08:35:10.000000000Z,1795336510000000000,,2',
        '2026-11-22T08:35:20.000000000Z,1795336520000000000,3000000000,',
        '',
      ].join('\r\n'),
    )
  })

  it('has what was marked in a column of its own', () => {
    const marks = [
      { id: 'a', label: 'deployed "1.4", twice', startUnixNano: at(-5e9), endUnixNano: at(12e9), color: 'red' },
      { id: 'b', label: 'fault', startUnixNano: at(15e9), color: 'red' },
      { id: 'c', label: 'before', startUnixNano: at(-5e9), color: 'red' },
    ]
    const rows = chartCsv({
      plot: { ...plot, marks },
      data: { kind: 'series', unit: '', series: [series('a', [1, 2, 3])] },
    })
    expect(rows.split('\r\n').map((row) => row.slice(51))).toEqual([
      '',
      ',1,"deployed ""1.4"", twice"'.slice(1),
      ',2,"deployed ""1.4"", twice; fault"'.slice(1),
      ',3,'.slice(1),
      '',
    ])
    expect(rows).toMatch(/^time,unix_nano,a,marks\r\n/)
  })

  it('gives no spreadsheet a formula', () => {
    const csv = chartCsv({ plot, data: { kind: 'series', unit: '', series: [series('=HYPERLINK("x")', [-1, 0, 1])] } })
    expect(csv.split('\r\n')[0]).toBe('time,unix_nano,"\'=HYPERLINK(""x"")"')
    expect(csv.split('\r\n')[1]).toMatch(/,-1$/)
  })
})

describe('a heatmap', () => {
  it('is a row for each cell that holds something', () => {
    const heat = { bounds: [1, 10, 100], counts: [[0, 2], [], [7, 1]] }
    expect(chartCsv({ plot, data: { kind: 'heat', heat, unit: 'ms', noun: 'requests' } }).split('\r\n')).toEqual([
      'time,unix_nano,from (ms),to (ms),requests',
      '2026-11-22T08:35:00.000000000Z,1795336500000000000,10,100,2',
      '2026-11-22T08:35:20.000000000Z,1795336520000000000,1,10,7',
      '2026-11-22T08:35:20.000000000Z,1795336520000000000,10,100,1',
      '',
    ])
  })
})
