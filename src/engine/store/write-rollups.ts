/** Adds folded spans to the rollups at rest: each touched row is read, merged and written once per commit. */

import type { Statement } from 'better-sqlite3'
import type { Fold } from '../rollup/fold.ts'
import { type FoldedSpan, foldSpans } from '../rollup/fold.ts'
import { emptyCell, mergeCell, type RollupCell } from '../rollup/rollup-cell.ts'
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
    this.#state = new RollupState(db)
  }

  /** Folds spans that are really new, within the caller's transaction. */
  add(spans: readonly FoldedSpan[]): void {
    if (spans.length > 0) this.#write(foldSpans(spans))
  }

  #write({ operations, services }: Fold): void {
    const rows = new Map<number, number>()
    let bytes = 0
    const count = (widthSeconds: number, added: CellAdded): void => {
      bytes += added.bytes
      if (added.isNew) rows.set(widthSeconds, (rows.get(widthSeconds) ?? 0) + 1)
    }
    for (const { widthSeconds, startUnixSeconds, operationId, entry, outcome, cell } of operations) {
      const key = [widthSeconds, startUnixSeconds, operationId, entry ? 1 : 0, outcome]
      count(widthSeconds, this.#operations.add(key, cell))
    }
    for (const { widthSeconds, startUnixSeconds, serviceId, kind, entry, outcome, cell } of services) {
      const key = [widthSeconds, serviceId, startUnixSeconds, kind, entry ? 1 : 0, outcome]
      count(widthSeconds, this.#services.add(key, cell))
    }
    for (const [width, added] of rows) this.#state.add(`rows_${width as 10 | 60 | 600}`, added)
    this.#state.add('bytes', bytes)
  }
}

interface CellAdded {
  readonly isNew: boolean
  readonly bytes: number
}

class CellTable {
  readonly #find: Statement
  readonly #replace: Statement

  constructor(db: WriteDb, table: string, key: readonly string[]) {
    const condition = key.map((column) => `${column} = ?`).join(' AND ')
    this.#find = db.prepare(`SELECT ${cellColumns} FROM ${table} WHERE ${condition}`).safeIntegers(false)
    this.#replace = db.prepare(
      `REPLACE INTO ${table} (${key.join(', ')}, ${cellColumns}) VALUES (${key.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?, ?)`,
    )
  }

  add(key: readonly number[], cell: RollupCell): CellAdded {
    const stored = this.#find.get(...key) as StoredCell | undefined
    const merged = stored ? cellOf(stored) : cell
    if (stored) mergeCell(merged, cell)
    const sketch = merged.sketch.encode()
    const exemplars = encodeExemplars(merged.exemplars)
    this.#replace.run(
      ...key,
      merged.n,
      merged.count,
      merged.sumNs,
      BigInt(Math.round(merged.minNs)),
      BigInt(Math.round(merged.maxNs)),
      sketch,
      exemplars,
    )
    const before = stored ? stored.sketch.length + stored.exemplars.length : -rollupFixedBytes
    return { isNew: !stored, bytes: sketch.length + exemplars.length - before }
  }
}

function cellOf(stored: StoredCell): RollupCell {
  const cell = emptyCell()
  cell.n = stored.n
  cell.count = stored.count
  cell.sumNs = stored.sum_ns
  cell.minNs = stored.min_ns
  cell.maxNs = stored.max_ns
  cell.sketch.addEncoded(stored.sketch)
  cell.exemplars = decodeExemplars(stored.exemplars)
  return cell
}
