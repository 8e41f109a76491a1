/** Finds requests that hid an error below them as their traces grow, and corrects what was folded before. */

import type { Statement } from 'better-sqlite3'
import { hidingRequests, type SkeletonSpan } from '../rollup/hidden-errors.ts'
import { Outcome } from '../rollup/outcome.ts'
import type { WriteDb } from './database.ts'
import { type FoldedSpanRow, foldedSpanById, foldedSpanOf } from './folded-span.ts'
import { RollupState } from './rollup-state.ts'
import { RollupWriter } from './write-rollups.ts'

/** In larger traces an error may stay unnoticed by the requests above it: every commit would read all of it again. */
const maxSpans = 2_000

export interface HidingSpan extends SkeletonSpan {
  readonly id: bigint
  readonly outcome: bigint
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
        `SELECT span.id, span.span_id, span.parent_span_id, operation.kind, span.status_code, span.outcome
           FROM span JOIN operation ON operation.id = span.operation_id WHERE span.trace_id = ? ORDER BY twin LIMIT ?`,
      )
      .raw()
    this.#mark = db.prepare(`UPDATE span SET outcome = ${Outcome.implicit} WHERE id = ?`)
  }

  /** The requests of a trace that hid an error. */
  find(traceId: Buffer): HidingSpan[] {
    const spans = this.#spansOf(traceId)
    const hiding = hidingRequests(spans)
    return [...hiding].flatMap((key) => spans.find(({ spanKey }) => spanKey === key) ?? [])
  }

  /**
   * Marks requests that were counted as ok until now and counts them anew, within the caller's transaction. Those with row ids
   * above `lastIdBefore` are only marked and told: they are about to be folded.
   */
  settle(traceIds: readonly Buffer[], lastIdBefore: bigint): HidingNow {
    const now = new HidingNow()
    for (const traceId of traceIds) {
      for (const { id, spanKey, outcome } of this.find(traceId)) {
        if (outcome !== BigInt(Outcome.ok)) continue
        this.#mark.run(id)
        if (id > lastIdBefore) now.add(traceId, spanKey)
        else if (!this.#isToBeFolded(id)) this.#recount(id)
      }
    }
    return now
  }

  #recount(id: bigint): void {
    const row = this.#span.get(id) as FoldedSpanRow | undefined
    if (row) this.#rollups.move({ ...foldedSpanOf(row), outcome: Outcome.ok }, Outcome.implicit)
  }

  /** While rollups are computed anew, old spans are not in them yet. */
  #isToBeFolded(id: bigint): boolean {
    const until = this.#state.get('rebuild_until_span')
    return until !== undefined && id <= until && id > (this.#state.get('rebuild_after_span') ?? 0)
  }

  #spansOf(traceId: Buffer): HidingSpan[] {
    const rows = this.#skeleton.all(traceId, maxSpans + 1) as [bigint, Buffer, Buffer | null, bigint, bigint, bigint][]
    if (rows.length > maxSpans) return []
    return rows.map(([id, spanId, parentId, kind, statusCode, outcome]) => ({
      id,
      spanKey: spanId.toString('latin1'),
      parentKey: parentId === null ? null : parentId.toString('latin1'),
      kind: Number(kind),
      statusCode: Number(statusCode),
      outcome,
    }))
  }
}

/** Requests of the current commit that hid an error. */
export class HidingNow {
  readonly #spanKeys = new Map<string, Set<string>>()

  add(traceId: Buffer, spanKey: string): void {
    const traceKey = traceId.toString('latin1')
    const keys = this.#spanKeys.get(traceKey) ?? new Set()
    this.#spanKeys.set(traceKey, keys.add(spanKey))
  }

  /** Whether a span is one of them. True once: of spans under the same ids the first one is meant. */
  take({ traceId, spanId }: { readonly traceId: Uint8Array; readonly spanId: Uint8Array }): boolean {
    if (this.#spanKeys.size === 0) return false
    return this.#spanKeys.get(keyOf(traceId))?.delete(keyOf(spanId)) ?? false
  }
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1')
}
