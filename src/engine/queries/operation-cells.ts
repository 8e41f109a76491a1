/** What stored cells of operations add up to. */

import { DecodedSketch } from '../rollup/decoded-sketch.ts'
import { DurationSketch } from '../rollup/duration-sketch.ts'
import { Outcome } from '../rollup/outcome.ts'
import { emptyCell, mergeCell, type RollupCell } from '../rollup/rollup-cell.ts'
import type { OperationRow } from './operation-rows.ts'
import type { CellRow } from './rollup-row.ts'
import { addRow } from './rollup-rows.ts'

export interface OperationSums {
  readonly ok: RollupCell
  readonly failed: RollupCell
  errors: number
  implicitErrors: number
  /** Start of a bucket of the history and its P99, by turns; empty when none was asked for. */
  readonly history: number[]
}

/** By id of the operation. */
export type SumsById = Map<number, OperationSums>

export function sumsOf(all: SumsById, id: number): OperationSums {
  let sums = all.get(id)
  if (!sums) {
    sums = { ok: emptyCell(), failed: emptyCell(), errors: 0, implicitErrors: 0, history: [] }
    all.set(id, sums)
  }
  return sums
}

/** Used again for each bucket of an operation, and for each row. */
const ofBucket = new DurationSketch()
const decoded = new DecodedSketch()

/** Adds rows that make up whole buckets of the history, which starts at `historyStart`. */
export function addHistoryBucket(all: SumsById, rows: readonly OperationRow[], historyStart: number): void {
  for (const [id, ownRows] of Map.groupBy(rows, ({ operation_id: operation }) => operation)) {
    const sums = sumsOf(all, id)
    ofBucket.clear()
    let maxNs = 0
    for (const row of ownRows) {
      addCell(sums, row)
      ofBucket.addDecoded(decoded)
      maxNs = Math.max(maxNs, row.max_ns)
    }
    noteHistory(sums, historyStart, maxNs)
  }
}

/** Adds a row, and leaves its sketch in `decoded`. */
export function addCell(sums: OperationSums, row: OperationRow): void {
  addRow(row.outcome === Outcome.ok ? sums.ok : sums.failed, row, decoded)
  if (row.outcome === Outcome.error) sums.errors += row.count
  else if (row.outcome === Outcome.implicit) sums.implicitErrors += row.count
}

/** Takes everything for one bucket of the history. */
export function toHistoryBucket(all: SumsById, historyStart: number): void {
  for (const sums of all.values()) {
    ofBucket.clear()
    ofBucket.merge(sums.ok.sketch)
    ofBucket.merge(sums.failed.sketch)
    noteHistory(sums, historyStart, Math.max(sums.ok.maxNs, sums.failed.maxNs))
  }
}

function noteHistory({ history }: OperationSums, start: number, maxNs: number): void {
  const p99Ns = ofBucket.quantile(0.99)
  if (p99Ns !== null) history.push(start, Math.round(Math.min(maxNs, p99Ns)))
}

/** Adds what `source` knows; where `target` knows nothing yet, it takes the sums themselves. */
export function mergeSums(target: SumsById, source: SumsById): void {
  for (const [id, sums] of source) {
    const known = target.get(id)
    if (!known) {
      target.set(id, sums)
      continue
    }
    mergeCell(known.ok, sums.ok)
    mergeCell(known.failed, sums.failed)
    known.errors += sums.errors
    known.implicitErrors += sums.implicitErrors
    known.history.push(...sums.history)
  }
}

/** Sums at rest: a fraction of the room. */
export interface PackedSums {
  readonly ok: CellRow
  readonly failed: CellRow
  readonly errors: number
  readonly implicitErrors: number
  readonly history: Float64Array
}

export function packSums({ ok, failed, history, ...counts }: OperationSums): PackedSums {
  return { ...counts, ok: packCell(ok), failed: packCell(failed), history: Float64Array.from(history) }
}

export function unpackSums({ ok, failed, history, ...counts }: PackedSums): OperationSums {
  const sums: OperationSums = { ...counts, ok: emptyCell(), failed: emptyCell(), history: Array.from(history) }
  addRow(sums.ok, ok)
  addRow(sums.failed, failed)
  return sums
}

/** Objects and numbers of packed sums without their sketches and history, about. */
const packedBytes = 600

export function packedBytesOf({ ok, failed, history }: PackedSums): number {
  return packedBytes + ok.sketch.length + failed.sketch.length + history.byteLength
}

function packCell({ n, count, sumNs, minNs, maxNs, sketch }: RollupCell): CellRow {
  return { n, count, sum_ns: sumNs, min_ns: minNs, max_ns: maxNs, sketch: sketch.encoded() }
}
