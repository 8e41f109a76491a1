/** The traces of a selection, chosen before the first is read: what arrives later isn't part of it. */

import type { ExportSelection } from '#shared/contract/exports.ts'
import { toHex, traceIdBytes } from '#shared/model/ids.ts'
import type { LogData, SpanData } from '#shared/model/telemetry-data.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { statement } from '../queries/statements.ts'
import { logsInOrder, spansInOrder } from '../queries/stored-rows.ts'
import { traceNotFound } from '../queries/trace-summary.ts'
import { walkTraces } from '../queries/traces.ts'
import { logOfRow, type Places, spanOfRow } from './record-of-row.ts'

/** Oldest first, 16 bytes each, so that a million of them take no more than 16 MB. */
export class TraceIds {
  #bytes = new Uint8Array(1024 * traceIdBytes)
  #count = 0
  spanCount = 0

  get count(): number {
    return this.#count
  }

  add(id: Uint8Array, spanCount: number): void {
    const end = (this.#count + 1) * traceIdBytes
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes.set(id, end - traceIdBytes)
    this.#count++
    this.spanCount += spanCount
  }

  /** They were added newest first. */
  *oldestFirst(): Generator<Buffer> {
    for (let index = this.#count - 1; index >= 0; index--) {
      yield Buffer.from(this.#bytes.subarray(index * traceIdBytes, (index + 1) * traceIdBytes))
    }
  }
}

interface CountedTrace {
  readonly trace_id: Buffer
  readonly span_count: bigint
}

/** Stops early, with what was found so far, when `enough` says so. Errors: NOT_FOUND for an id nobody knows, CANCELLED. */
export async function selectTraces(
  context: QueryContext,
  selection: ExportSelection,
  enough: () => boolean = () => false,
): Promise<{ readonly ids: TraceIds; readonly complete: boolean }> {
  const ids = new TraceIds()
  if (selection.traceIds) {
    for (const { trace_id, span_count } of namedTraces(context, selection.traceIds))
      ids.add(trace_id, Number(span_count))
    return { ids, complete: true }
  }
  const { service, start, end, traces } = selection
  const filter = { of: 'trace' as const, ...traces, service, start, end, order: 'newest' as const }
  const columns = 'trace.trace_id, trace.span_count'
  for await (const rows of walkTraces<CountedTrace>(context, filter, { columns, limit: Number.MAX_SAFE_INTEGER })) {
    for (const { trace_id, span_count } of rows) ids.add(trace_id, Number(span_count))
    if (enough()) return { ids, complete: false }
  }
  return { ids, complete: true }
}

/** Newest first. */
function namedTraces({ db }: QueryContext, traceIds: readonly string[]): CountedTrace[] {
  const found = [...new Set(traceIds)].map((traceId) => {
    const row = statement(db, 'SELECT trace_id, span_count, start_unix_nano FROM trace WHERE trace_id = ?').get(
      Buffer.from(traceId, 'hex'),
    ) as (CountedTrace & { readonly start_unix_nano: bigint }) | undefined
    if (!row) throw traceNotFound(db, traceId)
    return row
  })
  return found.sort((left, right) => (left.start_unix_nano < right.start_unix_nano ? 1 : -1))
}

/** How many log records these traces have, as far as there is time to count. */
export async function countTraceLogs(
  { db, signal }: QueryContext,
  ids: TraceIds,
  enough: () => boolean,
): Promise<{ readonly count: number; readonly complete: boolean }> {
  let count = 0
  for (const id of ids.oldestFirst()) {
    const row = statement(db, 'SELECT count(*) AS count FROM log_record WHERE trace_id = ?').get(id) as {
      count: bigint
    }
    count += Number(row.count)
    if (enough()) return { count, complete: false }
    await breathe(signal)
  }
  return { count, complete: true }
}

export interface TracePiece {
  readonly traceId: string
  readonly spans: readonly SpanData[]
  /** Those of the trace, once its spans are through. */
  readonly logs: readonly LogData[]
  /** Nothing more of this trace follows. */
  readonly last: boolean
}

/** Each trace in pieces: spans by their start, then its logs. A trace that was deleted meanwhile has a last piece alone. */
export async function* tracePieces(
  { db, signal }: QueryContext,
  ids: TraceIds,
  { places, spans, logs }: { readonly places: Places; readonly spans: boolean; readonly logs: boolean },
): AsyncGenerator<TracePiece> {
  for (const id of ids.oldestFirst()) {
    const traceId = toHex(id)
    if (spans) {
      for (const rows of spansInOrder(db, id)) {
        yield { traceId, spans: rows.map((row) => spanOfRow(places, row)), logs: [], last: false }
        await breathe(signal)
      }
    }
    if (logs) {
      for (const rows of logsInOrder(db, id)) {
        yield { traceId, spans: [], logs: rows.map((row) => logOfRow(places, row)), last: false }
        await breathe(signal)
      }
    }
    yield { traceId, spans: [], logs: [], last: true }
  }
}
