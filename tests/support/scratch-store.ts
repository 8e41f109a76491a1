/** A store in a folder of its own, written and read in this thread; gone after the test. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportedBatch, StoredBatch } from '../../src/engine/import/imported-batch.ts'
import { type Committed, ingest, type Payload } from '../../src/engine/ingest.ts'
import { ingestImported } from '../../src/engine/ingest-imported.ts'
import type { QueryContext } from '../../src/engine/queries/context.ts'
import { openReader, openWriter, type WriteDb } from '../../src/engine/store/database.ts'
import { KnownRecords } from '../../src/engine/store/known-records.ts'
import { Retention } from '../../src/engine/store/retention.ts'
import { RollupRebuild } from '../../src/engine/store/rollup-rebuild.ts'
import { RollupRetention } from '../../src/engine/store/rollup-retention.ts'
import type { RetentionPolicy } from '../../src/engine/store/settings.ts'
import { storeErrorOf } from '../../src/engine/store/store-error.ts'
import { StoreWriter } from '../../src/engine/store/write.ts'

export interface ScratchStore {
  readonly file: string
  readonly context: QueryContext
  ingest(...payloads: Payload[]): Committed
  /** JSON payloads, one commit. */
  send(signal: Payload['signal'], ...requests: unknown[]): Committed
  /** As the writer thread takes what files bring. */
  import(batch: ImportedBatch): Promise<StoredBatch>
  /** Those that wait together, in one transaction until the deadline. */
  importTogether(batches: Iterable<ImportedBatch>, deadline: number): readonly StoredBatch[]
  sql(query: string): unknown[]
  /** Prunes until nothing is due; returns how many rows went. */
  retain(policy: RetentionPolicy, nowUnixNano: bigint): number
  /** Prunes rollups until nothing is due; returns how many rows went. */
  retainRollups(policy: RetentionPolicy, nowUnixNano: bigint): number
  /** Computes all rollups anew from the stored spans. */
  rebuildRollups(): void
  /** Folds what is left to be folded. */
  finishRebuild(): void
  /** Runs in a transaction on the write handle. */
  write(work: (db: WriteDb) => void): void
  [Symbol.dispose](): void
}

export function scratchStore(): ScratchStore {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  const file = join(folder, 'spanlight.db')
  const db = openWriter(file, { durable: false })
  const reader = openReader(file)
  const store = new StoreWriter(db)
  const known = new KnownRecords(db)
  const finishRebuild = (): void => {
    const rebuild = new RollupRebuild(db)
    while (rebuild.round() > 0);
  }
  const run = (...payloads: Payload[]): Committed => ingest(store, payloads, file)
  const importTogether: ScratchStore['importTogether'] = (batches, deadline) =>
    ingestImported(store, batches, known, deadline).answers
  return {
    file,
    importTogether,
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
    import: async (batch) => {
      try {
        return importTogether([batch], 0)[0] as StoredBatch
      } catch (error) {
        throw storeErrorOf(error, file)
      }
    },
    retain: (policy, now) => {
      const retention = new Retention(db, store.counts, () => store.forgetIds())
      retention.policy = policy
      let removed = 0
      for (let rows = retention.round(now); rows > 0; rows = retention.round(now)) removed += rows
      while (retention.shrink());
      return removed
    },
    retainRollups: (policy, now) => {
      const retention = new RollupRetention(db, store.counts)
      retention.policy = policy
      let removed = 0
      for (let rows = retention.round(now); rows > 0; rows = retention.round(now)) removed += rows
      return removed
    },
    rebuildRollups: () => {
      store.transaction(() => new RollupRebuild(db).begin())
      finishRebuild()
    },
    finishRebuild,
    write: (work) => {
      store.transaction(() => work(db))
      store.forgetIds()
    },
    sql: (query) => reader.prepare(query).all(),
    [Symbol.dispose]: () => {
      reader.close()
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
