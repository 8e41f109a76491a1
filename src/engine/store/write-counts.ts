/** What is counted about the data, written in the transaction that brings it. */

import type { Statement } from 'better-sqlite3'
import type { WriteDb } from './database.ts'

export type Tally = 'spans' | 'traces' | 'logs' | 'points'

export interface ServiceDelta {
  spans: number
  errors: number
  logs: number
  points: number
  lastSeenUnixNano: bigint
}

export class CountWriter {
  readonly #addTally: Statement
  readonly #addService: Statement
  readonly #addLoss: Statement

  constructor(db: WriteDb) {
    this.#addTally = db.prepare(
      'INSERT INTO tally (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value',
    )
    this.#addService = db.prepare(
      'UPDATE service SET span_count = span_count + ?, error_count = error_count + ?, log_count = log_count + ?, ' +
        'point_count = point_count + ?, ' +
        'last_seen_unix_nano = max(last_seen_unix_nano, ?) WHERE id = ?',
    )
    this.#addLoss = db.prepare(
      'INSERT INTO ingest_loss (signal, reason, count, first_unix_nano, last_unix_nano) VALUES (?, ?, ?, ?, ?) ' +
        'ON CONFLICT DO UPDATE SET count = count + excluded.count, last_unix_nano = excluded.last_unix_nano',
    )
  }

  addTally(name: Tally, count: number): void {
    if (count !== 0) this.#addTally.run(name, count)
  }

  addServices(deltas: ReadonlyMap<number, ServiceDelta>): void {
    for (const [id, { spans, errors, logs, points, lastSeenUnixNano }] of deltas) {
      this.#addService.run(spans, errors, logs, points, lastSeenUnixNano, id)
    }
  }

  addLoss(signal: string, reason: string, count: number, atUnixNano: bigint): void {
    if (count > 0) this.#addLoss.run(signal, reason, count, atUnixNano, atUnixNano)
  }
}
