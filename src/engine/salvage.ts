/** Saves what can be read of a damaged session into a new file; the damaged one is never written. */

import { rmSync, statSync } from 'node:fs'
import { SpanlightError } from '#shared/contract/errors.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { SalvagedBatches } from './salvaged-batches.ts'
import { type CopyOptions, makeSelfContained, moveToFreeName, refuseCancelled } from './store/copy-store.ts'
import { openAlone, openWriter, type ReadDb, type WriteDb } from './store/database.ts'
import { lockStore } from './store/lock.ts'
import { existingSession, freeSessionPath } from './store/session-path.ts'
import { storeErrorOf } from './store/store-error.ts'
import { readableRows, type TolerantRows } from './store/tolerant-rows.ts'
import { StoreWriter } from './store/write.ts'

export interface SalvageReport {
  readonly spans: number
  readonly logs: number
  readonly points: number
  readonly notes: number
  /** Rows that are known to have been there and could not be read. */
  readonly lost: number
  readonly bytes: number
}

/** What nobody sends: copied as it is. */
const ownTables = ['note', 'saved_view', 'setting', 'annotation', 'apdex_threshold', 'ingest_loss', 'pruned_trace']

/**
 * Throws BAD_INPUT, NOT_FOUND, STORE_LOCKED while it is open, STORE_CORRUPT when nothing can be read, CANCELLED, DISK_FULL; then
 * there is no new file.
 */
export async function salvage(
  order: { readonly from: string; readonly to: string },
  options: CopyOptions,
): Promise<SalvageReport> {
  const from = existingSession(order.from)
  const to = freeSessionPath(order.to)
  const lock = lockStore(from)
  const part = `${to}.${process.pid}-${Date.now()}.part`
  try {
    const db = openDamaged(from)
    try {
      const saved = await save(db, part, options)
      moveToFreeName(part, to)
      return { ...saved, bytes: statSync(to).size }
    } finally {
      db.close()
    }
  } catch (error) {
    throw storeErrorOf(error, to)
  } finally {
    lock.release()
    rmSync(`${from}.lock`, { force: true })
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
  }
}

function openDamaged(file: string): ReadDb {
  try {
    return openAlone(file)
  } catch (error) {
    throw storeErrorOf(error, file)
  }
}

async function save(
  db: ReadDb,
  part: string,
  { signal, onProgress }: CopyOptions,
): Promise<Omit<SalvageReport, 'bytes'>> {
  const tally: TolerantRows = { lost: 0 }
  const batches = new SalvagedBatches(db, tally)
  const out = openWriter(part, { durable: false })
  try {
    const store = new StoreWriter(out)
    const now = fromUnixMillis(Date.now())
    const sum = { spans: 0, logs: 0, points: 0 }
    const total = recordsOf(db)
    const write = async <Batch extends { readonly records: readonly unknown[] }>(
      all: Generator<Batch>,
      each: (batch: Batch) => { readonly spans: number; readonly logs: number; readonly points: number },
    ): Promise<void> => {
      for (const batch of all) {
        await new Promise<void>((resolve) => setImmediate(resolve))
        refuseCancelled(signal)
        if (batch.records.length === 0) continue
        for (const added of written(store, batch, each, tally)) {
          sum.spans += added.spans
          sum.logs += added.logs
          sum.points += added.points
        }
        const done = sum.spans + sum.logs + sum.points
        onProgress({ done, total: Math.max(total, done) })
      }
    }
    await write(batches.traces(), (batch) => store.writeTraces([batch], now))
    await write(batches.logs(), (batch) => store.writeLogs([batch], now))
    await write(batches.metrics(), (batch) => store.writeMetrics([batch], now))
    const notes = copyOwnTables(db, out, store, tally)
    if (sum.spans + sum.logs + sum.points + notes === 0) {
      throw new SpanlightError('STORE_CORRUPT', 'Nothing in this file can be read: no new file was made.')
    }
    store.transaction(() => store.counts.addLoss('traces', 'damaged file: could not be read', tally.lost, now))
    out.close()
    makeSelfContained(part)
    return { ...sum, notes, lost: tally.lost }
  } finally {
    out.close()
  }
}

/** A batch whose row is broken within is stored row by row, without that row. */
function written<Batch extends { readonly records: readonly unknown[] }, Added>(
  store: StoreWriter,
  batch: Batch,
  each: (batch: Batch) => Added,
  tally: TolerantRows,
): Added[] {
  try {
    return [store.transaction(() => each(batch))]
  } catch (error) {
    if (isOfDisk(error)) throw error
    if (batch.records.length <= 1) {
      tally.lost += batch.records.length
      return []
    }
    return batch.records.flatMap((record) => written(store, { ...batch, records: [record] }, each, tally))
  }
}

/** Returns how many notes there are. */
function copyOwnTables(db: ReadDb, out: WriteDb, store: StoreWriter, tally: TolerantRows): number {
  // Marks that were taken off come back with their log records otherwise.
  store.transaction(() => out.exec('DELETE FROM annotation'))
  for (const table of ownTables) {
    const known = new Set(out.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[])
    const there = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
    const columns = there.filter((name) => known.has(name))
    if (columns.length === 0) continue
    const rows = readableRows<Record<string, unknown>>(db, `SELECT ${columns.join(', ')} FROM ${table}`, tally)
    const insert = out.prepare(
      `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    store.transaction(() => {
      for (const row of rows) insert.run(columns.map((name) => row[name]))
    })
  }
  return Number(out.prepare('SELECT count(*) FROM note').pluck().get())
}

/** As the file itself says; 0 where not even that can be read. */
function recordsOf(db: ReadDb): number {
  try {
    const sql = "SELECT sum(value) FROM tally WHERE name IN ('spans', 'logs', 'points')"
    return Number(db.prepare(sql).pluck().get() ?? 0)
  } catch {
    return 0
  }
}

function isOfDisk(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|CANCELLED)/.test(code)
}
