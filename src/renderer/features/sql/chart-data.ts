/** The rows of a result as a chart draws them: lines over time, or bars by name. */

import type { SqlRow } from '#shared/contract/sql.ts'
import { cellText } from '#shared/contract/sql-formats.ts'
import type { ChartSeries } from '../../ui/chart/series.ts'
import type { TimeGrid } from '../../ui/chart/time-grid.ts'
import { type ChartChoice, instantOf, numberOf } from './chart-columns.ts'

export interface TimeData {
  readonly kind: 'time'
  readonly grid: TimeGrid
  readonly series: readonly ChartSeries[]
  /** What was left out or put together, in a sentence; undefined where everything is shown as it is. */
  readonly note: string | undefined
}

export interface BarData {
  readonly kind: 'bars'
  readonly bars: readonly { readonly id: number; readonly name: string; readonly values: readonly (number | null)[] }[]
  readonly note: string | undefined
}

/** A plot has about as many pixels as this has steps, twice. */
const maxSteps = 400
const maxLines = 12
const maxBars = 60
const oneMinuteNs = 60_000_000_000n

export function chartData(rows: readonly SqlRow[], choice: ChartChoice, shape: 'line' | 'bar'): TimeData | BarData {
  return choice.x.kind === 'time' ? timeData(rows, choice, shape) : barData(rows, choice)
}

interface Line {
  readonly name: string
  readonly sums: number[]
  readonly counts: number[]
}

function timeData(rows: readonly SqlRow[], { x, y, by }: ChartChoice, shape: 'line' | 'bar'): TimeData {
  const times = rows.map((cells) => instantOf(cells[x.index] ?? null, x.name))
  const grid = gridOf(times.filter((time) => time !== undefined))
  const lines = new Map<string, Line>()
  let leftOut = 0
  let isMerged = false
  const add = (name: string, bucket: number, value: number | null): void => {
    let line = lines.get(name)
    if (line === undefined) {
      if (lines.size === maxLines) {
        leftOut++
        return
      }
      line = { name, sums: new Array(grid.count).fill(0), counts: new Array(grid.count).fill(0) }
      lines.set(name, line)
    }
    if (value === null) return
    line.sums[bucket] = (line.sums[bucket] ?? 0) + value
    line.counts[bucket] = (line.counts[bucket] ?? 0) + 1
    isMerged ||= (line.counts[bucket] ?? 0) > 1
  }
  for (const [row, cells] of rows.entries()) {
    const time = times[row]
    if (time === undefined) continue
    const bucket = Number((time - grid.startUnixNano) / grid.stepNs)
    for (const column of by === undefined ? y : y.slice(0, 1)) {
      add(
        by === undefined ? column.name : cellText(cells[by.index] ?? null),
        bucket,
        numberOf(cells[column.index] ?? null),
      )
    }
  }
  const notes = [
    isMerged ? 'Rows of the same step are drawn as their mean.' : '',
    leftOut > 0 ? `${leftOut} rows of more than ${maxLines} lines are left out.` : '',
  ].filter((note) => note !== '')
  return {
    kind: 'time',
    grid,
    series: [...lines.values()].map(({ name, sums, counts }, index): ChartSeries => {
      const values = sums.map((sum, bucket) => (counts[bucket] === 0 ? null : sum / (counts[bucket] ?? 1)))
      return { id: name, name, color: `var(--s${(index % 12) + 1})`, values, shape }
    }),
    note: notes.length === 0 ? undefined : notes.join(' '),
  }
}

/** Steps as the rows have them, where they are even and not too many; else as many as can be drawn. */
function gridOf(times: readonly bigint[]): TimeGrid {
  const distinct = [...new Set(times)].sort((left, right) => (left < right ? -1 : 1))
  const first = distinct[0] ?? 0n
  const last = distinct.at(-1) ?? 0n
  const span = last - first
  if (span === 0n) return { startUnixNano: first, stepNs: oneMinuteNs, count: 1 }
  const gaps = distinct.slice(1).map((time, index) => time - (distinct[index] ?? 0n))
  const least = gaps.reduce((left, right) => (left < right ? left : right))
  const isEven = gaps.every((gap) => gap % least === 0n)
  if (isEven && span / least < BigInt(maxSteps)) {
    return { startUnixNano: first, stepNs: least, count: Number(span / least) + 1 }
  }
  return { startUnixNano: first, stepNs: span / BigInt(maxSteps) + 1n, count: maxSteps }
}

function barData(rows: readonly SqlRow[], { x, y }: ChartChoice): BarData {
  return {
    kind: 'bars',
    bars: rows.slice(0, maxBars).map((cells, id) => ({
      id,
      name: cellText(cells[x.index] ?? null),
      values: y.map(({ index }) => numberOf(cells[index] ?? null)),
    })),
    note: rows.length > maxBars ? `The first ${maxBars} of ${rows.length} rows are drawn.` : undefined,
  }
}
