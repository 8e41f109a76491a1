/** Finds requests that hid an error below them as their traces grow, and corrects what was folded before. */

import type { Statement } from 'better-sqlite3'
import { hidingRequests, type SkeletonSpan } from '../rollup/hidden-errors.ts'
import { Outcome } from '../rollup/outcome.ts'
import type { WriteDb } from './database.ts'
import { foldedSpanById, readFoldedSpan } from './folded-span.ts'
import { RollupState } from './rollup-state.ts'
import { RollupWriter } from './write-rollups.ts'

/** In larger traces an error may stay unnoticed by the requests above it: every commit would read all of it again. */
const maxSpans = 2_000

interface SkeletonRow extends SkeletonSpan {
  readonly id: bigint
}

export class HiddenErrors {
  readonly #skeleton: Statement
  readonly #span: Statement
  readonly #mark: Statement
  readonly #rollups: RollupWriter
  readonly #state: RollupState

  constructor(db: WriteDb) {
    this.#rollups = new RollupWriter(db)
    this.#state = new RollupState(db)
    this.#span = db.prepare(foldedSpanById)
    this.#skeleton = db
      .prepare(
        `SELECT span.id, span.span_id, span.parent_span_id, operation.kind, span.status_code
           FROM span JOIN operation ON operation.id = span.operation_id WHERE span.trace_id = ? ORDER BY twin LIMIT ?`,
      )
      .raw()
    this.#mark = db.prepare(`UPDATE span SET outcome = ${Outcome.implicit} WHERE id = ?`)
  }

  /** Row ids of the requests of a trace that hid an error. */
  find(traceId: Buffer): bigint[] {
    const spans = this.#spansOf(traceId)
    const hiding = hidingRequests(spans)
    return [...hiding].flatMap((key) => spans.find(({ spanKey }) => spanKey === key)?.id ?? [])
  }

  /** Marks those that were counted as ok until now, and counts them anew, within the caller's transaction. */
  settle(traceIds: readonly Buffer[]): void {
    for (const traceId of traceIds) {
      for (const id of this.find(traceId)) {
        const span = readFoldedSpan(this.#span, id)
        if (!span || span.outcome !== Outcome.ok) continue
        this.#mark.run(id)
        // What is still to be folded will be folded right.
        if (!this.#isToBeFolded(id)) this.#rollups.move(span, Outcome.implicit)
      }
    }
  }

  /** While rollups are computed anew, old spans are not in them yet. */
  #isToBeFolded(id: bigint): boolean {
    const until = this.#state.get('rebuild_until_span')
    return until !== undefined && id <= until && id > (this.#state.get('rebuild_after_span') ?? 0)
  }

  #spansOf(traceId: Buffer): SkeletonRow[] {
    const rows = this.#skeleton.all(traceId, maxSpans + 1) as [bigint, Buffer, Buffer | null, bigint, bigint][]
    if (rows.length > maxSpans) return []
    return rows.map(([id, spanId, parentId, kind, statusCode]) => ({
      id,
      spanKey: spanId.toString('latin1'),
      parentKey: parentId === null ? null : parentId.toString('latin1'),
      kind: Number(kind),
      statusCode: Number(statusCode),
    }))
  }
}
