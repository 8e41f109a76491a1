/** Real spans behind each bucket of the overview: the slowest, and one near its P99. */

import type { OverviewExemplar } from '#shared/contract/overview.ts'
import { toHex } from '#shared/model/ids.ts'
import { Outcome, type OutcomeCode } from '../rollup/outcome.ts'
import { emptyCell, quantileOf, type RollupCell } from '../rollup/rollup-cell.ts'
import { chooseExemplars, decodeExemplars, type RollupExemplar } from '../rollup/rollup-exemplars.ts'
import type { QueryContext } from './context.ts'
import type { HeatmapInput } from './overview-heatmap.ts'
import { instantOf, rollupRange } from './rollup-range.ts'
import { addRow, rollupSlices, sourceOf } from './rollup-rows.ts'

export interface Exemplars {
  readonly startUnixNano: string
  readonly endUnixNano: string
  readonly stepSeconds: number
  readonly exemplars: OverviewExemplar[]
}

interface Candidate extends RollupExemplar {
  readonly outcome: OutcomeCode
}

const outcomeNames = { [Outcome.ok]: 'ok', [Outcome.error]: 'error', [Outcome.implicit]: 'implicit' } as const

/** Errors as for the overview. */
export async function readExemplars(context: QueryContext, input: HeatmapInput): Promise<Exemplars> {
  const { db } = context
  const source = sourceOf(db, input)
  const range = rollupRange(db, input)
  if (!range) return { startUnixNano: '0', endUnixNano: '0', stepSeconds: 10, exemplars: [] }
  const { startUnixSeconds, endUnixSeconds, stepSeconds } = range
  const exemplars: OverviewExemplar[] = []
  for await (const rows of rollupSlices(context, source, range)) {
    const buckets = new Map<number, { cell: RollupCell; candidates: Candidate[] }>()
    for (const row of rows) {
      if (row.in_view !== 1) continue
      const start = row.start_unix_s - (row.start_unix_s % stepSeconds)
      const bucket = buckets.get(start) ?? { cell: emptyCell(), candidates: [] }
      buckets.set(start, bucket)
      addRow(bucket.cell, row)
      const { max, nearP99 } = decodeExemplars(row.exemplars)
      for (const each of [max, nearP99]) if (each) bucket.candidates.push({ ...each, outcome: row.outcome })
    }
    for (const [start, { cell, candidates }] of buckets) {
      const { max, nearP99 } = chooseExemplars(candidates, quantileOf(cell, 0.99))
      if (max) exemplars.push(exemplarOf('max', start, max))
      if (nearP99) exemplars.push(exemplarOf('p99', start, nearP99))
    }
  }
  return {
    startUnixNano: instantOf(startUnixSeconds),
    endUnixNano: instantOf(endUnixSeconds),
    stepSeconds,
    exemplars,
  }
}

function exemplarOf(role: OverviewExemplar['role'], startUnixSeconds: number, span: Candidate): OverviewExemplar {
  return {
    startUnixNano: instantOf(startUnixSeconds),
    role,
    outcome: outcomeNames[span.outcome],
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    timeUnixNano: span.startUnixNano.toString(),
    durationNs: span.durationNs,
  }
}
