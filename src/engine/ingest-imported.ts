/** Stores what a file brings, in a transaction of its own: what is stored already is told apart and counted. */

import { fromUnixMillis } from '#shared/model/time.ts'
import type { ImportedBatch, StoredBatch } from './import/imported-batch.ts'
import type { KnownRecords } from './store/known-records.ts'
import type { Added, ServiceCounts, StoreWriter } from './store/write.ts'

export interface CommittedImport {
  readonly answer: StoredBatch
  readonly added: Added
  readonly services: readonly ServiceCounts[]
}

/** Throws what the store throws; then nothing of the batch is stored. */
export function ingestImported(store: StoreWriter, batch: ImportedBatch, known: KnownRecords): CommittedImport {
  const { importId, traces, logs, metrics, notes, range, fallbackUnixNano } = batch
  const now = fromUnixMillis(Date.now())
  return store.transaction(() => {
    for (const [signal, batches] of [
      ['traces', traces],
      ['logs', logs],
      ['metrics', metrics],
    ] as const) {
      for (const { rejected } of batches) {
        for (const [reason, count] of rejected) store.counts.addLoss(signal, reason, count, now)
      }
    }
    if (range) store.imported.note(importId, range[0], range[1], now)
    const spans = traces.length === 0 ? none : store.writeTraces(traces, now)
    const records = logs.length === 0 ? none : known.logs.around(() => store.writeLogs(logs, fallbackUnixNano, known))
    const points = metrics.length === 0 ? none : known.points.around(() => store.writeMetrics(metrics, now, known))
    store.writeNotes(notes)
    const added = { spans: spans.spans, traces: spans.traces, logs: records.logs, points: points.points }
    return {
      added,
      services: store.takeServiceCounts(),
      answer: {
        stored: { spans: added.spans, logs: added.logs, points: added.points },
        repeated: { spans: spans.repeated, logs: records.repeated, points: points.repeated },
        refused: new Map([...spans.refused, ...points.refused]),
      },
    }
  })
}

const none = { spans: 0, traces: 0, logs: 0, points: 0, repeated: 0, refused: new Map<string, number>() }
