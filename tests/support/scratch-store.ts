/** A store in a folder of its own, written and read in this thread; gone after the test. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Committed, ingest, type Payload } from '../../src/engine/ingest.ts'
import type { QueryContext } from '../../src/engine/queries/context.ts'
import { openReader, openWriter } from '../../src/engine/store/database.ts'
import { StoreWriter } from '../../src/engine/store/write.ts'

export interface ScratchStore {
  readonly file: string
  readonly context: QueryContext
  ingest(...payloads: Payload[]): Committed
  /** JSON payloads, one commit. */
  send(signal: Payload['signal'], ...requests: unknown[]): Committed
  sql(query: string): unknown[]
  [Symbol.dispose](): void
}

export function scratchStore(): ScratchStore {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  const file = join(folder, 'spanlight.db')
  const db = openWriter(file, { durable: false })
  const reader = openReader(file)
  const store = new StoreWriter(db)
  const run = (...payloads: Payload[]): Committed => ingest(store, payloads, file)
  return {
    file,
    context: { db: reader, signal: new AbortController().signal },
    ingest: run,
    send: (signal, ...requests) =>
      run(
        ...requests.map(
          (request): Payload => ({
            signal,
            encoding: 'json',
            bytes: Buffer.from(JSON.stringify(request)),
          }),
        ),
      ),
    sql: (query) => reader.prepare(query).all(),
    [Symbol.dispose]: () => {
      reader.close()
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
