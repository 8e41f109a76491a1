import { expect, test } from 'vitest'
import { chartSheet, type DrawnChart } from './chart-sheet.ts'

const data: DrawnChart['data'] = { kind: 'series', series: [], unit: '' }
const canvas: DrawnChart['canvas'] = () => {
  throw new Error('never drawn here')
}
const plot: DrawnChart['plot'] = {
  grid: { startUnixNano: 0n, stepNs: 1n, count: 1 },
  axis: { scale: 'linear', min: 0, max: 1, ticks: [] },
  rightAxis: undefined,
  formatTick: String,
  width: 1,
  height: 1,
  marks: [],
  exemplars: [],
}

test('there is a chart once all of its parts are told, and none once one is taken back', () => {
  const heard: boolean[] = []
  const sheet = chartSheet((isDrawn) => heard.push(isDrawn))
  sheet.set({ data })
  sheet.set({ plot })
  expect(sheet.read()).toBeUndefined()
  sheet.set({ canvas })
  expect(sheet.read()).toEqual({ plot, data, canvas })
  sheet.clear(['canvas'])
  expect(sheet.read()).toBeUndefined()
  expect(heard).toEqual([false, false, true, false])
})
