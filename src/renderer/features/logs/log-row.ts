/** One line of the log list: what a stored record shows in a row, and the order rows stand in. */

import type { Log } from '#shared/contract/logs.ts'
import { type SeverityLevel, severityLevel } from '#shared/model/severity.ts'
import { exceptionFields } from '../../ui/exception-fields.ts'
import { logLine } from '../../ui/log-line.ts'
import { printableLine } from '../../ui/printable.ts'

export interface LogRow {
  /** Stable in this store, and higher for what was stored later. */
  readonly id: number
  readonly timeUnixNano: string
  readonly level: SeverityLevel
  /** What the sender called the level. */
  readonly levelText: string
  readonly service: string
  readonly line: string
  /** False where the event name or the exception stands in for a missing body. */
  readonly lineIsBody: boolean
  /** Type of the exception the record carries; empty when it carries one without a type. */
  readonly exceptionType: string | undefined
  readonly traceId: string | null
  readonly spanId: string | null
}

/** What a row needs of a record; the record itself is not kept, so that 100 thousand rows stay small. */
export function toLogRow(log: Log): LogRow {
  const exception = exceptionFields(log.attributes)
  const line = logLine(log)
  return {
    id: log.id,
    timeUnixNano: log.timeUnixNano,
    level: severityLevel(log.severityNumber),
    levelText: printableLine(log.severityText, 40),
    service: log.serviceName,
    line: line.text,
    lineIsBody: line.isBody,
    exceptionType: exception && printableLine(exception.type, 200),
    traceId: log.traceId,
    spanId: log.spanId,
  }
}

/** Ascending in time, and in the order of arrival where times are equal. Times are decimal without leading zeros. */
export function compareRows(a: LogRow, b: LogRow): number {
  const byLength = a.timeUnixNano.length - b.timeUnixNano.length
  if (byLength !== 0) return byLength
  if (a.timeUnixNano !== b.timeUnixNano) return a.timeUnixNano < b.timeUnixNano ? -1 : 1
  return a.id - b.id
}
