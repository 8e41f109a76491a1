/** Rates, failed shares and percentiles of the last seconds, kept in half-second slots of logarithmic buckets. */

import { labWindowSeconds } from '#shared/contract/loadlab-status.ts'

const slotMs = 500
const slotCount = (labWindowSeconds * 1000) / slotMs
/** Each bucket is an eighth wider than the one before: percentiles are off by 6 % at most. */
const growth = Math.log(1.125)
const smallestMs = 0.1
const bucketCount = 128

interface Slot {
  tick: number
  count: number
  failed: number
  readonly buckets: Uint32Array
}

export interface Flow {
  readonly rate: number
  readonly errorRatio: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

export class FlowMeter {
  readonly #slots = new Map<string, Slot[]>()
  readonly #now: () => number
  readonly #startedMs: number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#startedMs = now()
  }

  record(key: string, ms: number, failed: boolean): void {
    const slot = this.#slot(key)
    slot.count++
    if (failed) slot.failed++
    const bucket = Math.floor(Math.log(Math.max(ms, smallestMs) / smallestMs) / growth)
    const index = Math.min(bucketCount - 1, bucket)
    slot.buckets[index] = (slot.buckets[index] ?? 0) + 1
  }

  flow(key: string): Flow {
    const now = this.#now()
    const oldest = Math.floor(now / slotMs) - slotCount
    const recent = (this.#slots.get(key) ?? []).filter(({ tick }) => tick > oldest)
    const count = recent.reduce((sum, slot) => sum + slot.count, 0)
    const failed = recent.reduce((sum, slot) => sum + slot.failed, 0)
    // A run of two seconds has no window of ten.
    const seconds = Math.min(labWindowSeconds, Math.max(1, (now - this.#startedMs) / 1000))
    return {
      rate: round(count / seconds, 2),
      errorRatio: count === 0 ? 0 : round(failed / count, 4),
      p50Ms: percentile(recent, count, 0.5),
      p95Ms: percentile(recent, count, 0.95),
    }
  }

  #slot(key: string): Slot {
    const tick = Math.floor(this.#now() / slotMs)
    let slots = this.#slots.get(key)
    if (!slots) {
      slots = []
      this.#slots.set(key, slots)
    }
    const index = tick % slotCount
    let slot = slots[index]
    if (!slot) {
      slot = { tick, count: 0, failed: 0, buckets: new Uint32Array(bucketCount) }
      slots[index] = slot
    } else if (slot.tick !== tick) {
      slot.tick = tick
      slot.count = 0
      slot.failed = 0
      slot.buckets.fill(0)
    }
    return slot
  }
}

/** Of an edge. */
export function edgeKey(from: string, to: string): string {
  return `${from}>${to}`
}

function percentile(slots: readonly Slot[], count: number, share: number): number | null {
  if (count === 0) return null
  let rest = Math.ceil(count * share)
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    for (const { buckets } of slots) rest -= buckets[bucket] ?? 0
    if (rest <= 0) return round(smallestMs * Math.exp(growth * (bucket + 0.5)), 1)
  }
  return null
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
