/** Rows of the Traces table: trace summaries as texts and shares. */

import type { TraceSummary } from '#shared/contract/traces.ts'
import { exactDuration, exactInstant, formatCount, formatDuration, formatInstant } from '../../ui/format.ts'
import { operationText, serviceText } from '../../ui/names.ts'

export interface TraceRow {
  readonly traceId: string
  readonly start: string
  readonly exactStart: string
  /** Of another day than today, so that its text begins with the date. */
  readonly isDated: boolean
  readonly rootService: string
  readonly rootOperation: string
  readonly rootReceived: boolean
  readonly duration: string
  readonly exactDuration: string
  /** Length of the bar, 0 to 1, of the longest trace on show. */
  readonly share: number
  readonly spans: string
  readonly errors: string
  readonly hasErrors: boolean
  /** The root's first, as many as may ever fit; `serviceCount` says how many there are. */
  readonly services: readonly string[]
  readonly serviceCount: string
  readonly allServices: string
}

const mostShownServices = 8

/** One row per summary, in their order. */
export function traceRows(traces: readonly TraceSummary[], now: Date): readonly TraceRow[] {
  const longest = traces.reduce((most, trace) => Math.max(most, trace.durationNs), 0)
  return traces.map((trace) => {
    const services = [...new Set([trace.rootService, ...trace.services])].filter((name) =>
      trace.services.includes(name),
    )
    const start = formatInstant(trace.startTimeUnixNano, now)
    return {
      traceId: trace.traceId,
      start,
      isDated: start.includes(' '),
      exactStart: exactInstant(trace.startTimeUnixNano),
      rootService: trace.rootService,
      rootOperation: operationText(trace.rootOperation),
      rootReceived: trace.rootReceived,
      duration: formatDuration(trace.durationNs),
      exactDuration: exactDuration(trace.durationNs),
      share: longest > 0 ? Math.max(0, trace.durationNs) / longest : 0,
      spans: formatCount(trace.spanCount),
      errors: formatCount(trace.errorCount),
      hasErrors: trace.errorCount > 0,
      services: services.slice(0, mostShownServices),
      serviceCount: formatCount(services.length),
      allServices: services.map(serviceText).join(', '),
    }
  })
}

export interface ListedTraces {
  readonly traces: readonly TraceSummary[]
  /** Traces of the newest answer that are not among those on show. */
  readonly unseen: number
}

/**
 * What is listed: the first page on show, then the older pages, each trace once and with the newest figures known.
 * `latest` is the first page as the engine answers it now; what it has beyond the list is only counted, so that
 * nothing moves under a reader.
 */
export function listTraces(
  shown: readonly TraceSummary[],
  older: readonly (readonly TraceSummary[])[],
  latest: readonly TraceSummary[],
): ListedTraces {
  const newest = new Map(latest.map((trace) => [trace.traceId, trace]))
  const listed = new Map<string, TraceSummary>()
  for (const page of [shown, ...older])
    for (const trace of page)
      if (!listed.has(trace.traceId)) listed.set(trace.traceId, newest.get(trace.traceId) ?? trace)
  return {
    traces: [...listed.values()],
    unseen: latest.reduce((count, trace) => count + (listed.has(trace.traceId) ? 0 : 1), 0),
  }
}
