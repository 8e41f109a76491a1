/** What is known of one import: how far it is, how fast, and in the end its report. */

import type { SpanlightError } from '#shared/contract/errors.ts'
import type { ImportProgress, ImportRefusal, ImportReport } from '#shared/contract/imports.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { type ImportCounts, maxPlaces } from './import/import-tally.ts'

/** Rates are of so long a time while it runs. */
const rateWindowMs = 5_000

const none = { spans: 0, logs: 0, points: 0 }
const nothing: ImportCounts = {
  formats: [],
  packings: [],
  read: none,
  stored: none,
  repeated: none,
  refused: 0,
  reasons: [],
  refusals: [],
  range: null,
}

interface Sample {
  readonly atMs: number
  readonly bytes: number
  readonly records: number
}

export class ImportRecord {
  readonly id: string
  readonly #name: string
  readonly #sizeBytes: number | null
  readonly #startedUnixNano = fromUnixMillis(Date.now()).toString()
  readonly #samples: Sample[] = [{ atMs: performance.now(), bytes: 0, records: 0 }]
  readonly #ended = Promise.withResolvers<void>()
  #counts = nothing
  /** Files that whoever sends couldn't read. */
  readonly #unread: ImportRefusal[] = []
  #state: ImportProgress['state'] = 'running'
  #problem: string | null = null
  #readBytes = 0
  #touchedMs = performance.now()
  /** Of the whole import, once it ended. */
  #average: { readonly bytes: number; readonly records: number } | undefined

  constructor(id: string, name: string, sizeBytes: number | null) {
    this.id = id
    this.#name = name
    this.#sizeBytes = sizeBytes
  }

  get isRunning(): boolean {
    return this.#state === 'running'
  }

  /** Resolves when nothing of it is left to do. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** How long nobody has sent anything. */
  get idleMs(): number {
    return performance.now() - this.#touchedMs
  }

  touch(): void {
    this.#touchedMs = performance.now()
  }

  note(readBytes: number, counts: ImportCounts): void {
    this.#readBytes = readBytes
    this.#counts = counts
    // A session is read when all of it is here: that takes as long as it takes.
    this.touch()
    const now = performance.now()
    this.#samples.push({ atMs: now, bytes: readBytes, records: recordsOf(counts) })
    while ((this.#samples[1]?.atMs ?? now) < now - rateWindowMs) this.#samples.shift()
  }

  refuse(file: string | null, reason: string): void {
    this.#unread.push({ file, line: null, reason, count: 1 })
  }

  end(failure: SpanlightError | null): void {
    const seconds = Math.max(0.001, Number(fromUnixMillis(Date.now()) - BigInt(this.#startedUnixNano)) / 1e9)
    this.#average = { bytes: this.#readBytes / seconds, records: recordsOf(this.#counts) / seconds }
    this.#state = failure === null ? 'finished' : failure.code === 'CANCELLED' ? 'cancelled' : 'failed'
    const [first] = this.#unread
    const isUnread = failure?.code === 'BAD_INPUT' && first && this.#counts.refused === 0
    this.#problem = isUnread ? `Nothing could be read: ${placed(first)}.` : (failure?.message ?? null)
    this.#ended.resolve()
  }

  get progress(): ImportProgress {
    const { formats, packings, read, stored, repeated, refused } = this.#counts
    const perSecond = this.#average ?? this.#rates()
    const left = this.#sizeBytes === null ? null : Math.max(0, this.#sizeBytes - this.#readBytes)
    return {
      id: this.id,
      name: this.#name,
      state: this.#state,
      startedUnixNano: this.#startedUnixNano,
      format: formats.join(', ') + (packings.length === 0 ? '' : ` (${packings.join(', ')})`),
      readBytes: this.#readBytes,
      sizeBytes: this.#sizeBytes,
      bytesPerSecond: Math.round(perSecond.bytes),
      recordsPerSecond: Math.round(perSecond.records),
      secondsLeft: !this.isRunning || left === null || perSecond.bytes === 0 ? null : left / perSecond.bytes,
      read,
      stored,
      repeated,
      refused: refused + this.#unread.length,
      problem: this.#problem,
    }
  }

  get report(): ImportReport {
    const { reasons, refusals, range } = this.#counts
    const counted = new Map(reasons)
    for (const { reason } of this.#unread) counted.set(reason, (counted.get(reason) ?? 0) + 1)
    return {
      ...this.progress,
      reasons: Array.from(counted, ([reason, count]) => ({ reason, count })).sort(
        (left, right) => right.count - left.count,
      ),
      refusals: [...this.#unread, ...refusals].slice(0, maxPlaces),
      range: range && { start: range[0].toString(), end: range[1].toString() },
    }
  }

  #rates(): { readonly bytes: number; readonly records: number } {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || first === last) return { bytes: 0, records: 0 }
    const seconds = Math.max(0.001, (performance.now() - first.atMs) / 1000)
    return { bytes: (last.bytes - first.bytes) / seconds, records: (last.records - first.records) / seconds }
  }
}

function placed({ file, reason }: ImportRefusal): string {
  return file === null ? reason : `${file}: ${reason}`
}

function recordsOf({ read }: ImportCounts): number {
  return read.spans + read.logs + read.points
}
