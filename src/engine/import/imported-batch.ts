/** What the import thread hands to the writer, and what it gets back. */

import type { LogBatch, MetricBatch, TraceBatch } from '#shared/model/batch.ts'
import type { NoteRecord } from '#shared/model/note-record.ts'

export interface ImportedBatch {
  /** Of the import, for as long as the engine runs. */
  readonly importId: string
  readonly traces: readonly TraceBatch[]
  readonly logs: readonly LogBatch[]
  readonly metrics: readonly MetricBatch[]
  /** Of a session. */
  readonly notes: readonly NoteRecord[]
  /** What its records span; null when none has a time. */
  readonly range: readonly [start: bigint, end: bigint] | null
  /** Stands in for the time of log records that have none. */
  readonly fallbackUnixNano: bigint
}

export interface SignalCounts {
  readonly spans: number
  readonly logs: number
  readonly points: number
}

/** After the commit. */
export interface StoredBatch {
  readonly stored: SignalCounts
  readonly repeated: SignalCounts
  /** Records the store refused, by reason. */
  readonly refused: ReadonlyMap<string, number>
}
