/** How a figure changed against the window before, in a few characters and in words. */

import { formatDuration, formatShare } from '../../ui/format.ts'

export interface Change {
  /** `▲ 1.5 s`, `± 2 %`, `▼ 4 pts`. */
  readonly text: string
  /** For a screen reader: `up 1.5 s`. */
  readonly spoken: string
  readonly isBad: boolean
}

/** Changes of less than this share are noise. */
const steadyShare = 0.03
/** Latency that rose by this share and more is bad. */
const badShare = 0.2

/** A change of latency, as the difference. */
export function durationChange(nowNs: number | null, beforeNs: number | null): Change | undefined {
  if (nowNs === null || beforeNs === null) return undefined
  const difference = nowNs - beforeNs
  const share = beforeNs === 0 ? (nowNs === 0 ? 0 : 1) : difference / beforeNs
  if (Math.abs(share) < steadyShare) return steady(share)
  return moved(difference, formatDuration(Math.abs(difference)), share >= badShare)
}

/** A change of traffic, as a share of what it was; more or less of it is neither good nor bad. */
export function rateChange(now: number, before: number): Change | undefined {
  if (before === 0) return now === 0 ? steady(0) : undefined
  const share = now / before - 1
  if (Math.abs(share) < steadyShare) return steady(share)
  if (share > 9) return moved(share, `${Math.round(share + 1)}×`, false)
  return moved(share, percent(Math.abs(share)), false)
}

/** A change of a share, in points of a percent; `badPoints` and more upward is bad. */
export function shareChange(now: number | null, before: number | null, badPoints: number): Change | undefined {
  if (now === null || before === null) return undefined
  const points = (now - before) * 100
  const rounded = Math.round(points * 10) / 10
  if (rounded === 0) return { text: '± 0', spoken: 'unchanged', isBad: false }
  const size = Math.abs(rounded)
  return moved(rounded, `${size >= 10 ? Math.round(size) : size} pts`, rounded >= badPoints)
}

function moved(by: number, size: string, isBad: boolean): Change {
  return by > 0
    ? { text: `▲ ${size}`, spoken: `up ${size}`, isBad }
    : { text: `▼ ${size}`, spoken: `down ${size}`, isBad: false }
}

function steady(share: number): Change {
  const size = percent(Math.abs(share))
  return { text: `± ${size}`, spoken: `steady within ${size}`, isBad: false }
}

function percent(share: number): string {
  return share >= 0.1 ? `${Math.round(share * 100)} %` : formatShare(share)
}
