/** Counts an import as it goes: what was read, what became of it, what was refused and where, and the times it spans. */

import type { ImportRefusal, RecordCounts } from '#shared/contract/imports.ts'
import type { LogBatch, MetricBatch, Rejections, TraceBatch } from '#shared/model/batch.ts'
import type { SignalCounts, StoredBatch } from './imported-batch.ts'

/** Places that are told; beyond it refusals are counted by reason alone. */
export const maxPlaces = 100
/** A file made to harm could give every line a reason of its own. */
const maxReasons = 100
const otherReasons = 'other reasons'

/** What the thread tells about an import, whenever it changed. */
export interface ImportCounts {
  readonly formats: readonly string[]
  readonly packings: readonly string[]
  readonly read: RecordCounts
  readonly stored: RecordCounts
  readonly repeated: RecordCounts
  readonly refused: number
  readonly reasons: readonly (readonly [reason: string, count: number])[]
  readonly refusals: readonly ImportRefusal[]
  readonly range: readonly [start: bigint, end: bigint] | null
}

type Counter = { spans: number; logs: number; points: number }

export class ImportTally {
  readonly #formats = new Set<string>()
  readonly #packings = new Set<string>()
  readonly #read: Counter = { spans: 0, logs: 0, points: 0 }
  readonly #stored: Counter = { spans: 0, logs: 0, points: 0 }
  readonly #repeated: Counter = { spans: 0, logs: 0, points: 0 }
  readonly #reasons = new Map<string, number>()
  readonly #refusals: ImportRefusal[] = []
  #refused = 0
  readonly #range = new TimeRange()
  #recent = new TimeRange()

  get counts(): ImportCounts {
    return {
      formats: [...this.#formats],
      packings: [...this.#packings],
      read: { ...this.#read },
      stored: { ...this.#stored },
      repeated: { ...this.#repeated },
      refused: this.#refused,
      reasons: [...this.#reasons],
      refusals: [...this.#refusals],
      range: this.#range.extent,
    }
  }

  get records(): number {
    return this.#read.spans + this.#read.logs + this.#read.points
  }

  addFormat(name: string): void {
    if (this.#formats.size < 10) this.#formats.add(name)
  }

  addPacking(name: string): void {
    this.#packings.add(name)
  }

  refuse(file: string | null, line: number | null, reason: string, count: number): void {
    this.#refused += count
    const known = this.#reasons.has(reason) || this.#reasons.size < maxReasons
    const key = known ? reason : otherReasons
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + count)
    if (this.#refusals.length < maxPlaces) this.#refusals.push({ file, line, reason, count })
  }

  /** How many records a batch of spans brings. */
  addTraces({ records, rejected }: TraceBatch): number {
    const range = new TimeRange()
    for (const { startUnixNano, endUnixNano } of records) range.add(startUnixNano, endUnixNano)
    this.#span(range)
    this.#read.spans += records.length + sum(rejected)
    return records.length
  }

  addLogs({ records, rejected }: LogBatch, fallbackUnixNano: bigint): number {
    const range = new TimeRange()
    for (const { timeUnixNano, observedTimeUnixNano } of records) {
      const time = timeUnixNano || observedTimeUnixNano || fallbackUnixNano
      range.add(time, time)
    }
    this.#span(range)
    this.#read.logs += records.length + sum(rejected)
    return records.length
  }

  addMetrics({ records, rejected }: MetricBatch): number {
    let points = 0
    const range = new TimeRange()
    for (const metric of records) {
      points += metric.points.length
      for (const { timeUnixNano } of metric.points) range.add(timeUnixNano, timeUnixNano)
    }
    this.#span(range)
    this.#read.points += points + sum(rejected)
    return points
  }

  addStored({ stored, repeated, refused }: StoredBatch): void {
    add(this.#stored, stored)
    add(this.#repeated, repeated)
    for (const [reason, count] of refused) this.refuse(null, null, reason, count)
  }

  /** What was read since this was last asked spans. */
  takeRange(): ImportCounts['range'] {
    const { extent } = this.#recent
    this.#recent = new TimeRange()
    return extent
  }

  #span(range: TimeRange): void {
    this.#range.include(range)
    this.#recent.include(range)
  }
}

class TimeRange {
  #start: bigint | undefined
  #end = 0n

  get extent(): ImportCounts['range'] {
    return this.#start === undefined ? null : [this.#start, this.#end]
  }

  add(start: bigint, end: bigint): void {
    // Time zero is the absence of one.
    if (start > 0n && (this.#start === undefined || start < this.#start)) this.#start = start
    if (end > this.#end) this.#end = end
  }

  include(other: TimeRange): void {
    this.add(other.#start ?? 0n, other.#end)
  }
}

function add(counter: Counter, counts: SignalCounts): void {
  counter.spans += counts.spans
  counter.logs += counts.logs
  counter.points += counts.points
}

function sum(rejected: Rejections): number {
  let total = 0
  for (const count of rejected.values()) total += count
  return total
}
