/** Adds folded spans to the rollups at rest: each touched row is read, merged and written once per commit. */

import type { Statement } from 'better-sqlite3'
import { type Fold, type FoldedSpan, foldSpans, type OperationBucket } from '../rollup/fold.ts'
import { cellWithout, type FoldedCell, mergedCell } from '../rollup/folded-cell.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import { decodeExemplars, encodeExemplars } from '../rollup/rollup-exemplars.ts'
import type { WriteDb } from './database.ts'
import { RollupState } from './rollup-state.ts'

const cellColumns = 'n, count, sum_ns, min_ns, max_ns, sketch, exemplars'

interface StoredCell {
  readonly n: number
  readonly count: number
  readonly sum_ns: number
  readonly min_ns: number
  readonly max_ns: number
  readonly sketch: Buffer
  readonly exemplars: Buffer
}

/** Keys and numbers of a row, about. */
export const rollupFixedBytes = 60

export class RollupWriter {
  readonly #operations: CellTable
  readonly #services: CellTable
  readonly #touch: Statement
  readonly #state: RollupState

  constructor(db: WriteDb) {
    this.#operations = new CellTable(db, 'rollup', ['width_s', 'start_unix_s', 'operation_id', 'entry', 'outcome'])
    this.#services = new CellTable(db, 'service_rollup', [
      'width_s',
      'service_id',
      'start_unix_s',
      'kind',
      'entry',
      'outcome',
    ])
    this.#touch = db.prepare('REPLACE INTO rollup_bucket (width_s, start_unix_s, revision) VALUES (?, ?, ?)')
    this.#state = new RollupState(db)
  }

  /** Folds spans that are really new, within the caller's transaction. */
  add(spans: readonly FoldedSpan[]): void {
    if (spans.length > 0) this.#write(foldSpans(spans))
  }

  /** Moves a span that was folded as `span.outcome` to another outcome, within the caller's transaction. */
  move(span: FoldedSpan, outcome: OutcomeCode): void {
    this.#change(foldSpans([span]), (table, key) => table.remove(key, span))
    this.add([{ ...span, outcome }])
  }

  #write(fold: Fold): void {
    this.#change(fold, (table, key, cell) => table.add(key, cell))
  }

  #change(
    { operations, services }: Fold,
    change: (table: CellTable, key: readonly number[], cell: FoldedCell) => CellChange,
  ): void {
    const rows = new Map<number, number>()
    let bytes = 0
    const count = (widthSeconds: number, changed: CellChange): void => {
      bytes += changed.bytes
      if (changed.rows !== 0) rows.set(widthSeconds, (rows.get(widthSeconds) ?? 0) + changed.rows)
    }
    for (const { widthSeconds, startUnixSeconds, operationId, entry, outcome, cell } of operations) {
      const key = [widthSeconds, startUnixSeconds, operationId, entry ? 1 : 0, outcome]
      count(widthSeconds, change(this.#operations, key, cell))
    }
    for (const { widthSeconds, startUnixSeconds, serviceId, kind, entry, outcome, cell } of services) {
      const key = [widthSeconds, serviceId, startUnixSeconds, kind, entry ? 1 : 0, outcome]
      count(widthSeconds, change(this.#services, key, cell))
    }
    for (const [width, added] of rows) this.#state.add(`rows_${width as 10 | 60 | 600}`, added)
    this.#state.add('bytes', bytes)
    this.#touchAll(operations)
  }

  /** Whoever keeps sums of buckets sees by their revision that they changed. */
  #touchAll(operations: readonly OperationBucket[]): void {
    const revision = (this.#state.get('revision') ?? 0) + 1
    this.#state.set('revision', revision)
    const touched = new Map<number, Set<number>>()
    for (const { widthSeconds, startUnixSeconds } of operations) {
      const starts = touched.get(widthSeconds)
      if (starts) starts.add(startUnixSeconds)
      else touched.set(widthSeconds, new Set([startUnixSeconds]))
    }
    for (const [width, starts] of touched) for (const start of starts) this.#touch.run(width, start, revision)
  }
}

interface CellChange {
  /** Rows more, or fewer. */
  readonly rows: number
  readonly bytes: number
}

class CellTable {
  readonly #find: Statement
  readonly #replace: Statement
  readonly #delete: Statement

  constructor(db: WriteDb, table: string, key: readonly string[]) {
    const condition = key.map((column) => `${column} = ?`).join(' AND ')
    this.#find = db.prepare(`SELECT ${cellColumns} FROM ${table} WHERE ${condition}`).safeIntegers(false)
    this.#replace = db.prepare(
      `REPLACE INTO ${table} (${key.join(', ')}, ${cellColumns}) VALUES (${key.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#delete = db.prepare(`DELETE FROM ${table} WHERE ${condition}`)
  }

  add(key: readonly number[], cell: FoldedCell): CellChange {
    const stored = this.#find.get(...key) as StoredCell | undefined
    const bytes = this.#put(key, stored ? mergedCell(cellOf(stored), cell) : cell)
    return stored ? { rows: 0, bytes: bytes - bytesOf(stored) } : { rows: 1, bytes: bytes + rollupFixedBytes }
  }

  /** A bucket that was dropped meanwhile has nothing to take back. */
  remove(key: readonly number[], span: FoldedSpan): CellChange {
    const stored = this.#find.get(...key) as StoredCell | undefined
    if (!stored) return { rows: 0, bytes: 0 }
    if (stored.n <= 1) {
      this.#delete.run(...key)
      return { rows: -1, bytes: -bytesOf(stored) - rollupFixedBytes }
    }
    return { rows: 0, bytes: this.#put(key, cellWithout(cellOf(stored), span)) - bytesOf(stored) }
  }

  #put(key: readonly number[], cell: FoldedCell): number {
    const { sketch } = cell
    const exemplars = encodeExemplars(cell.exemplars)
    this.#replace.run(
      ...key,
      cell.n,
      cell.count,
      cell.sumNs,
      BigInt(Math.round(cell.minNs)),
      BigInt(Math.round(cell.maxNs)),
      sketch,
      exemplars,
    )
    return sketch.length + exemplars.length
  }
}

function bytesOf({ sketch, exemplars }: StoredCell): number {
  return sketch.length + exemplars.length
}

function cellOf(stored: StoredCell): FoldedCell {
  return {
    n: stored.n,
    count: stored.count,
    sumNs: stored.sum_ns,
    minNs: stored.min_ns,
    maxNs: stored.max_ns,
    sketch: stored.sketch,
    exemplars: decodeExemplars(stored.exemplars),
  }
}
