/** Stores what files bring: what is stored already is told apart and counted. */

import { fromUnixMillis } from '#shared/model/time.ts'
import type { ImportedBatch, StoredBatch } from './import/imported-batch.ts'
import type { KnownRecords } from './store/known-records.ts'
import type { Added, ServiceCounts, StoreWriter } from './store/write.ts'

export interface CommittedImport {
  /** One for each batch that was stored, in order: those before the deadline, at least one. */
  readonly answers: readonly StoredBatch[]
  readonly added: Added
  readonly services: readonly ServiceCounts[]
}

/**
 * Batches that wait together share one transaction: pages that several of them touch are written once. None is begun after
 * `deadline` of `performance.now()` but the first. Throws what the store throws; then nothing of any of them is stored.
 */
export function ingestImported(
  store: StoreWriter,
  batches: Iterable<ImportedBatch>,
  known: KnownRecords,
  deadline: number,
): CommittedImport {
  return store.transaction(() => {
    const answers: StoredBatch[] = []
    const added = { spans: 0, traces: 0, logs: 0, points: 0 }
    for (const batch of batches) {
      answers.push(storeBatch(store, batch, known, added))
      if (performance.now() > deadline) break
    }
    return { answers, added, services: store.takeServiceCounts() }
  })
}

function storeBatch(store: StoreWriter, batch: ImportedBatch, known: KnownRecords, added: Added): StoredBatch {
  const { importId, traces, logs, metrics, notes, range, fallbackUnixNano } = batch
  const now = fromUnixMillis(Date.now())
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
  const leftOut = store.writeNotes(notes)
  added.spans += spans.spans
  added.traces += spans.traces
  added.logs += records.logs
  added.points += points.points
  return {
    stored: { spans: spans.spans, logs: records.logs, points: points.points },
    repeated: { spans: spans.repeated, logs: records.repeated, points: points.repeated },
    refused: new Map([...spans.refused, ...points.refused, ...leftOut]),
  }
}

const none = { spans: 0, traces: 0, logs: 0, points: 0, repeated: 0, refused: new Map<string, number>() }
