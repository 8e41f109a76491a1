/** Ticks of a duration ruler: round steps, and labels in one unit. */

export interface Tick {
  /** ns from the ruler's zero. */
  readonly ns: number
  readonly label: string
}

const secondNs = 1_000_000_000
const units = [
  { name: 'ns', ns: 1 },
  { name: 'µs', ns: 1_000 },
  { name: 'ms', ns: 1_000_000 },
  { name: 's', ns: secondNs },
  { name: 'min', ns: 60 * secondNs },
  { name: 'h', ns: 3_600 * secondNs },
  { name: 'd', ns: 86_400 * secondNs },
] as const

/** Steps people count in above a second: 1, 2, 5, 10, 15, 30 s and min, then hours and days. */
const longSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
].map((seconds) => seconds * secondNs)

/** The smallest round step of which at most `maxTicks` fit into `spanNs`; never below 1 ns. */
export function niceStep(spanNs: number, maxTicks: number): number {
  const rough = spanNs / Math.max(1, maxTicks)
  if (!(rough > 1)) return 1
  if (rough > secondNs) {
    const long = longSteps.find((step) => step >= rough)
    if (long !== undefined) return long
    return roundUp(rough / (86_400 * secondNs)) * 86_400 * secondNs
  }
  return roundUp(rough)
}

/** The next of 1, 2, 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const lead = value / power
  return (lead <= 1.000001 ? 1 : lead <= 2.000001 ? 2 : lead <= 5.000001 ? 5 : 10) * power
}

/**
 * Ticks from `startNs` to `endNs` (offsets, may begin below zero), at most about `maxTicks`, at multiples of a round
 * step. All labels use the unit of the larger end, with as many decimals as the step needs: `0`, `0.5 s`, `1 s`.
 */
export function niceTicks(startNs: number, endNs: number, maxTicks: number): readonly Tick[] {
  if (!(endNs > startNs)) return [{ ns: startNs, label: '0' }]
  const step = niceStep(endNs - startNs, maxTicks)
  const farthest = Math.max(Math.abs(startNs), Math.abs(endNs))
  const unit =
    units.findLast((candidate) => candidate.ns <= farthest && (candidate.ns <= step * 1_000 || candidate.ns === 1)) ??
    units[0]
  const inUnit = step / unit.ns
  const decimals =
    inUnit >= 1 && Number.isInteger(inUnit) ? 0 : Math.min(6, Math.max(1, Math.ceil(-Math.log10(inUnit) - 1e-9)))
  const first = Math.ceil(startNs / step - 1e-9)
  const last = Math.floor(endNs / step + 1e-9)
  const ticks: Tick[] = []
  for (let index = first; index <= last; index++) {
    const ns = index * step
    ticks.push({ ns, label: index === 0 ? '0' : `${(ns / unit.ns).toFixed(decimals).replace('-', '−')} ${unit.name}` })
  }
  return ticks
}
