/** Deletes every trace, log, metric and annotation and what is counted about them; what a person set, noted or named stays. */

import type { WriteDb } from './database.ts'

const emptied = [
  'rollup',
  'service_rollup',
  'rollup_bucket',
  'annotation',
  'span',
  'span_link',
  'trace',
  'log_record',
  'exemplar',
  'point',
  'series',
  'metric',
  'operation',
  'resource',
  'scope',
  'service',
  'received_request',
  'tally',
  'ingest_loss',
  'pruned_trace',
  'imported_range',
]

/** Within the caller's transaction. Ids of interned rows are gone afterwards. */
export function deleteAll(db: WriteDb): void {
  for (const table of emptied) db.exec(`DELETE FROM ${table}`)
  // Revisions go on: one that came back would say that a bucket is what it was before.
  db.exec("DELETE FROM rollup_state WHERE name <> 'revision'")
  db.exec("INSERT INTO log_text (log_text) VALUES ('delete-all')")
}
