/** What is counted about the data, written in the transaction that brings it. */

import type { Statement } from 'better-sqlite3'
import { nanosPerSecond } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

const minuteNs = 60n * nanosPerSecond

/** Bytes are what rows hold, without indexes: they tell how signals share the file, not how big it is. */
export type Tally = 'spans' | 'traces' | 'logs' | 'points' | 'span_bytes' | 'log_bytes' | 'point_bytes'

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
      'INSERT INTO ingest_loss (signal, reason, minute_unix_nano, count) VALUES (?, ?, ?, ?) ' +
        'ON CONFLICT DO UPDATE SET count = count + excluded.count',
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
    if (count > 0) this.#addLoss.run(signal, reason, atUnixNano - (atUnixNano % minuteNs), count)
  }
}
