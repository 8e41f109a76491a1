/**
 * Remembers requests whose records have no identity of their own (logs): an exporter that got no answer sends the very
 * same bytes again, and they must not be stored twice.
 */

import { createHash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import { nanosPerSecond } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

/** Far longer than any exporter keeps trying (SDKs give up after about a minute, Collectors after five). */
const rememberedNs = 15n * 60n * nanosPerSecond

export class ReceivedRequests {
  readonly #add: Statement
  readonly #forget: Statement

  constructor(db: WriteDb) {
    this.#add = db.prepare(
      'INSERT INTO received_request (digest, received_unix_nano) VALUES (?, ?) ON CONFLICT DO NOTHING',
    )
    this.#forget = db.prepare('DELETE FROM received_request WHERE received_unix_nano < ?')
  }

  /** Whether these bytes are new; remembers them within the caller's transaction. */
  isNew(signal: string, payload: Uint8Array, nowUnixNano: bigint): boolean {
    const digest = createHash('sha256').update(signal).update('\0').update(payload).digest()
    return this.#add.run(digest, nowUnixNano).changes === 1
  }

  forgetOld(nowUnixNano: bigint): void {
    this.#forget.run(nowUnixNano - rememberedNs)
  }
}
