/** What the machine can do at best: the same number of rows inserted with bare better-sqlite3, without any server. */

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Signal } from '../src/shared/model/batch.ts'

/** As many as the writer of the server puts into one transaction when it is busy. */
const rowsPerTransaction = 4 * 512
const attributes = JSON.stringify({
  'http.request.method': 'GET',
  'http.route': '/api/orders/{id}',
  'url.path': '/api/orders/1234',
  'http.response.status_code': 200,
  'server.address': 'orders.internal',
  'server.port': 8443,
  'network.peer.address': '10.0.4.17',
  'user_agent.original': 'okhttp/4.12.0 (Linux; Android 14; Pixel 8 Pro) acme-shop/3.18.2',
  'thread.id': 12,
  'order.id': '0123456789abcdef',
  'cart.value': 19.99,
  'cache.hit': true,
})

interface Baseline {
  readonly schema: string
  readonly about: string
  /** Prepares what `insert` does for one row. */
  prepare(db: Database): (index: number) => void
}

const baselines: Readonly<Record<Signal, Baseline>> = {
  traces: {
    about: 'nine columns, unique (trace_id, span_id), index (operation, start, duration, status)',
    schema: `
      CREATE TABLE span (trace_id BLOB, span_id BLOB, parent_span_id BLOB, operation INTEGER, resource INTEGER,
                         start INTEGER, duration INTEGER, status INTEGER, attributes BLOB);
      CREATE UNIQUE INDEX span_identity ON span (trace_id, span_id);
      CREATE INDEX span_operation ON span (operation, start, duration, status);`,
    prepare: (db) => {
      const insert = db.prepare('INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      const packed = packedAttributes(db)
      let ids = randomBytes(24)
      return (index) => {
        // Eight spans to a trace, as in the requests.
        ids = Buffer.concat([index % 8 === 0 ? randomBytes(16) : ids.subarray(0, 16), randomBytes(8)])
        const start = now(index)
        insert.run(
          ids.subarray(0, 16),
          ids.subarray(16),
          null,
          index % 48,
          1,
          start,
          800_000 + (index % 997),
          0,
          packed,
        )
      }
    },
  },
  logs: {
    about: 'nine columns, index (time, severity, service), full text of the body',
    schema: `
      CREATE TABLE log (id INTEGER PRIMARY KEY, time INTEGER, severity INTEGER, service INTEGER, resource INTEGER,
                        trace_id BLOB, span_id BLOB, body TEXT, attributes BLOB);
      CREATE INDEX log_time ON log (time, severity, service);
      CREATE VIRTUAL TABLE log_text USING fts5 (text, content = '', contentless_delete = 1);`,
    prepare: (db) => {
      const insert = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      const insertText = db.prepare('INSERT INTO log_text (rowid, text) VALUES (?, ?)')
      const packed = packedAttributes(db)
      return (index) => {
        const ids = randomBytes(24)
        const words = Array.from({ length: 14 }, (_, position) => `word${(index * 31 + position * 17) % 2_000}`)
        const body = `order ${ids.toString('hex', 0, 4)} ${words.join(' ')} in ${index % 400} ms`
        insert.run(index + 1, now(index), 9, 1, 1, ids.subarray(0, 16), ids.subarray(16), body, packed)
        insertText.run(index + 1, body)
      }
    },
  },
  metrics: {
    about: 'nine columns, index (series, time)',
    schema: `
      CREATE TABLE point (series INTEGER, time INTEGER, start INTEGER, flags INTEGER, int_value INTEGER,
                          double_value REAL, count INTEGER, sum REAL, detail BLOB);
      CREATE INDEX point_series ON point (series, time);`,
    prepare: (db) => {
      const insert = db.prepare('INSERT INTO point VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      return (index) => {
        const time = now(index)
        insert.run(index % 2_048, time, time - 60_000_000_000n, 0, null, index * 1.5, null, null, null)
      }
    },
  },
}

function packedAttributes(db: Database): Buffer {
  return db.prepare('SELECT jsonb(?)').pluck().get(attributes) as Buffer
}

/** Near enough to a clock: later rows are later. */
const began = BigInt(Date.now()) * 1_000_000n
function now(index: number): bigint {
  return began + BigInt(index) * 20_000n
}

export interface BaselineResult {
  readonly rowsPerSecond: number
  /** What the table was. */
  readonly about: string
}

/** One row a statement, in transactions, with the server's own settings. */
export function insertBare(signal: Signal, rows: number, folder: string): BaselineResult {
  const { schema, about, prepare } = baselines[signal]
  const db = new Sqlite(join(folder, 'bare.db'))
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -65536')
    db.pragma('wal_autocheckpoint = 16384')
    db.exec(schema)
    const insert = prepare(db)
    const some = db.transaction((from: number, to: number) => {
      for (let index = from; index < to; index++) insert(index)
    })
    const started = performance.now()
    for (let from = 0; from < rows; from += rowsPerTransaction) some(from, Math.min(rows, from + rowsPerTransaction))
    const seconds = (performance.now() - started) / 1000
    return { rowsPerSecond: rows / seconds, about }
  } finally {
    db.close()
  }
}
