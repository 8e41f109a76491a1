/** Computes rollups anew from the stored spans, a slice at a time; what is received meanwhile is folded as always. */

import type { Statement } from 'better-sqlite3'
import type { FoldedSpan } from '../rollup/fold.ts'
import { Outcome, type OutcomeCode, outcomeOf } from '../rollup/outcome.ts'
import { coarsestSeconds } from '../rollup/rollup-widths.ts'
import type { WriteDb } from './database.ts'
import { type FoldedSpanRow, foldedSpanColumns, foldedSpanOf } from './folded-span.ts'
import { HiddenErrors } from './hidden-errors.ts'
import { RollupState } from './rollup-state.ts'
import { RollupWriter, rollupFixedBytes } from './write-rollups.ts'

/** About 20 ms. */
const roundSpans = 3_000

interface SpanToFold extends FoldedSpanRow {
  readonly status_code: bigint
  readonly attributes: Buffer
  readonly events: Buffer | null
  readonly has_errors: bigint
}

export class RollupRebuild {
  readonly #db: WriteDb
  readonly #state: RollupState
  readonly #rollups: RollupWriter
  readonly #hidden: HiddenErrors
  readonly #slice: Statement
  readonly #setOutcome: Statement

  constructor(db: WriteDb) {
    this.#db = db
    this.#state = new RollupState(db)
    this.#rollups = new RollupWriter(db)
    this.#hidden = new HiddenErrors(db)
    this.#slice = db.prepare(
      `SELECT ${foldedSpanColumns}, span.status_code, span.attributes, span.events,
              coalesce((SELECT error_count > 0 FROM trace WHERE trace.trace_id = span.trace_id), 0) AS has_errors
         FROM span JOIN operation ON operation.id = span.operation_id
        WHERE span.id > ? AND span.id <= ? ORDER BY span.id LIMIT ?`,
    )
    this.#setOutcome = db.prepare('UPDATE span SET outcome = ? WHERE id = ?')
  }

  /** Whether stored spans wait to be folded: until then none may be pruned. */
  get isUnderWay(): boolean {
    return this.#state.get('rebuild_until_span') !== undefined
  }

  /**
   * Drops all rollups but those of spans that are gone, and lets `round` compute them anew. Within the caller's transaction.
   * Buckets that hold pruned spans as well are kept as they are.
   */
  begin(): void {
    const prunedUntil = this.#state.get('pruned_until_unix_s') ?? 0
    const from = Math.ceil(prunedUntil / coarsestSeconds) * coarsestSeconds
    for (const table of ['rollup', 'service_rollup', 'rollup_bucket']) {
      this.#db.prepare(`DELETE FROM ${table} WHERE start_unix_s >= ?`).run(from)
    }
    this.#recount()
    const last = this.#db.prepare('SELECT max(id) FROM span').pluck().safeIntegers(false).get() as number | null
    if (last === null) return
    this.#state.set('rebuild_after_span', 0)
    this.#state.set('rebuild_until_span', last)
    this.#state.set('rebuild_from_unix_s', from)
  }

  /** Folds the next slice in a transaction of its own. Returns how many spans it looked at, 0 when nothing is left to do. */
  round(): number {
    const until = this.#state.get('rebuild_until_span')
    if (until === undefined) return 0
    return this.#db.transaction(() => this.#foldSlice(until)).immediate()
  }

  #foldSlice(until: number): number {
    const after = this.#state.get('rebuild_after_span') ?? 0
    const fromUnixNano = BigInt(this.#state.get('rebuild_from_unix_s') ?? 0) * 1_000_000_000n
    const spans = this.#slice.all(after, until, roundSpans) as SpanToFold[]
    const last = spans.at(-1)
    if (!last) {
      this.#state.clear('rebuild_after_span', 'rebuild_until_span', 'rebuild_from_unix_s')
      return 0
    }
    const hiding = new HidingRows(this.#hidden)
    const folded = spans.map((span): FoldedSpan => {
      const outcome = this.#outcomeOf(span, hiding)
      if (BigInt(outcome) !== span.outcome) this.#setOutcome.run(outcome, span.id)
      return { ...foldedSpanOf(span), outcome }
    })
    this.#rollups.add(folded.filter(({ startUnixNano }) => startUnixNano >= fromUnixNano))
    this.#state.set('rebuild_after_span', Number(last.id))
    return spans.length
  }

  #outcomeOf(span: SpanToFold, hiding: HidingRows): OutcomeCode {
    const own = outcomeOf({ ...span, statusCode: Number(span.status_code) })
    const hides = own === Outcome.ok && span.has_errors === 1n && hiding.has(span)
    return hides ? Outcome.implicit : own
  }

  #recount(): void {
    let bytes = 0
    const rows = new Map<number, number>()
    for (const table of ['rollup', 'service_rollup']) {
      const counted = this.#db
        .prepare(
          `SELECT width_s, count(*) AS rows, sum(length(sketch) + length(exemplars) + ${rollupFixedBytes}) AS bytes
             FROM ${table} GROUP BY width_s`,
        )
        .safeIntegers(false)
        .all() as { width_s: number; rows: number; bytes: number }[]
      for (const each of counted) {
        rows.set(each.width_s, (rows.get(each.width_s) ?? 0) + each.rows)
        bytes += each.bytes
      }
    }
    for (const width of [10, 60, 600] as const) this.#state.set(`rows_${width}`, rows.get(width) ?? 0)
    this.#state.set('bytes', bytes)
  }
}

/** Requests that hid an error, trace by trace as a slice asks for them. */
class HidingRows {
  readonly #hidden: HiddenErrors
  readonly #byTrace = new Map<string, ReadonlySet<bigint>>()

  constructor(hidden: HiddenErrors) {
    this.#hidden = hidden
  }

  has({ id, trace_id: traceId }: FoldedSpanRow): boolean {
    const key = traceId.toString('latin1')
    const rows = this.#byTrace.get(key) ?? new Set(this.#hidden.find(traceId).map((span) => span.id))
    this.#byTrace.set(key, rows)
    return rows.has(id)
  }
}
