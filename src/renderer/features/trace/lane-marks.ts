/** What is marked on a span's lane: its events and the logs that carry its id. */

import type { Log } from '#shared/contract/logs.ts'
import { type SeverityLevel, severityLevel } from '#shared/model/severity.ts'
import type { SpanIndex } from './span-index.ts'
import type { Mark } from './trace-geometry.ts'
import type { TraceModel } from './trace-model.ts'

export type MarkTone = 'plain' | 'warn' | 'error'

export interface LaneMark extends Mark {
  readonly kind: 'event' | 'log'
  readonly tone: MarkTone
}

const toneWeights: Readonly<Record<MarkTone, number>> = { plain: 0, warn: 2, error: 4 }

/** Logs outweigh events of the same tone: they say more. */
function mark(kind: LaneMark['kind'], tone: MarkTone, offsetNs: number): LaneMark {
  return { kind, tone, offsetNs, weight: toneWeights[tone] + (kind === 'log' ? 1 : 0) }
}

export function severityTone(level: SeverityLevel): MarkTone {
  if (level === 'error' || level === 'fatal') return 'error'
  return level === 'warn' ? 'warn' : 'plain'
}

/** The span events of one row; exceptions count as errors. */
export function eventMarks({ columns, eventStarts, eventOrder }: TraceModel, row: number): readonly LaneMark[] {
  const marks: LaneMark[] = []
  for (let place = eventStarts[row] ?? 0; place < (eventStarts[row + 1] ?? 0); place++) {
    const event = eventOrder[place] ?? 0
    marks.push(mark('event', columns.eventIsException[event] ? 'error' : 'plain', columns.eventOffset[event] ?? 0))
  }
  return marks
}

export interface LogMarks {
  readonly byRow: ReadonlyMap<number, readonly LaneMark[]>
  /** Logs of the trace that belong to no span shown; they are marked on the ruler. */
  readonly onTrace: readonly LaneMark[]
}

/** Logs by the row of their span. */
export function logMarks(logs: readonly Log[], index: SpanIndex, startUnixNano: bigint): LogMarks {
  const byRow = new Map<number, LaneMark[]>()
  const onTrace: LaneMark[] = []
  for (const log of logs) {
    const offsetNs = Number(BigInt(log.timeUnixNano) - startUnixNano)
    const placed = mark('log', severityTone(severityLevel(log.severityNumber)), offsetNs)
    const row = log.spanId === null ? undefined : index.rowOf(log.spanId)
    if (row === undefined) onTrace.push(placed)
    else {
      const there = byRow.get(row)
      if (there) there.push(placed)
      else byRow.set(row, [placed])
    }
  }
  return { byRow, onTrace }
}
