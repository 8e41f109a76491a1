/** Ticks of the time ruler: round steps of 1, 2 or 5 that leave room for their labels, all in one unit. */

import type { TimeWindow } from './trace-geometry.ts'

export interface Tick {
  readonly offsetNs: number
  readonly label: string
}

const minTickPx = 84

const units: readonly (readonly [symbol: string, ns: number])[] = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['min', 60e9],
  ['h', 3600e9],
  ['d', 86_400e9],
]

export function rulerTicks({ start, end }: TimeWindow, widthPx: number): readonly Tick[] {
  const step = roundStep(((end - start) * minTickPx) / Math.max(minTickPx, widthPx))
  const [symbol, unitNs] = unitFor(step, Math.max(Math.abs(start), Math.abs(end)))
  const ticks: Tick[] = []
  for (let count = Math.ceil(start / step); count * step <= end; count++) {
    const offsetNs = count * step
    ticks.push({ offsetNs, label: offsetNs === 0 ? '0' : `${number(offsetNs / unitNs, step / unitNs)} ${symbol}` })
  }
  return ticks
}

/** The smallest round step that is at least this long: 1, 2, 5 × 10ⁿ ns, and minutes, hours and days as clocks have them. */
function roundStep(ns: number): number {
  const clock = [60, 120, 300, 600, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map((seconds) => seconds * 1e9)
  if (ns > 30e9 && ns <= 86_400e9) return clock.find((step) => step >= ns) ?? 86_400e9
  if (ns > 20e9 && ns <= 30e9) return 30e9
  if (ns > 86_400e9) return roundDecimal(ns / 86_400e9) * 86_400e9
  return roundDecimal(Math.max(1, ns))
}

function roundDecimal(value: number): number {
  // Powers of ten by exponent text: `10 ** n` and its products are not always the nearest double.
  const power = Number(`1e${Math.floor(Math.log10(value))}`)
  return ([1, 2, 5].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10) * power
}

/** The unit the largest label reads best in, or a smaller one where the step would need more than four decimals. */
function unitFor(stepNs: number, largestNs: number): readonly [symbol: string, ns: number] {
  const readsWell = ([, ns]: readonly [string, number]) =>
    largestNs >= ns && (ns > 1e9 ? Number.isInteger(stepNs / ns) : stepNs / ns >= 1e-4)
  return units.findLast(readsWell) ?? ['ns', 1]
}

function number(value: number, step: number): string {
  const decimals = step >= 1 ? 0 : Math.min(4, Math.ceil(-Math.log10(step) - 1e-9))
  return value.toLocaleString('en-US', { maximumFractionDigits: decimals })
}
