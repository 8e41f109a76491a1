/** Rows of the Traces table: trace summaries as texts. */

import type { TraceSummary } from '#shared/contract/traces.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { exactDuration, exactInstant, formatCount, formatDuration, formatInstant } from '../../ui/format.ts'
import { operationText, serviceText } from '../../ui/names.ts'

export interface TraceRow {
  readonly traceId: string
  readonly start: string
  readonly exactStart: string
  readonly rootService: string
  readonly rootOperation: string
  readonly rootReceived: boolean
  readonly duration: string
  readonly exactDuration: string
  readonly spans: string
  readonly errors: string
  readonly hasErrors: boolean
  /** The root's first, as many as may ever fit; `serviceCount` says how many there are. */
  readonly services: readonly string[]
  readonly serviceCount: string
  readonly allServices: string
}

const mostShownServices = 6

function traceRow(trace: TraceSummary, today: Date): TraceRow {
  const services = [...new Set([trace.rootService, ...trace.services])].filter((name) => trace.services.includes(name))
  return {
    traceId: trace.traceId,
    start: formatInstant(trace.startTimeUnixNano, today),
    exactStart: exactInstant(trace.startTimeUnixNano),
    rootService: trace.rootService,
    rootOperation: operationText(trace.rootOperation),
    rootReceived: trace.rootReceived,
    duration: formatDuration(trace.durationNs),
    exactDuration: exactDuration(trace.durationNs),
    spans: formatCount(trace.spanCount),
    errors: formatCount(trace.errorCount),
    hasErrors: trace.errorCount > 0,
    services: services.slice(0, mostShownServices),
    serviceCount: formatCount(services.length),
    allServices: services.map(serviceText).join(', '),
  }
}

/**
 * Gives the row of a summary, each built when it is first looked at: a list may be of ten thousand, of which a screen
 * shows fifty, and every page that comes to its end would build them all anew.
 */
export function traceRowReader(today: Date): (trace: TraceSummary) => TraceRow {
  const built = new WeakMap<TraceSummary, TraceRow>()
  return (trace) => {
    const row = built.get(trace) ?? traceRow(trace, today)
    built.set(trace, row)
    return row
  }
}

export interface Extent {
  readonly longestNs: number
  /** Some began on another day than today, so that their texts begin with the date. */
  readonly isDated: boolean
}

/** What bars and the first column are measured by. */
export function extentOf(traces: readonly TraceSummary[], today: Date): Extent {
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()]
  const from = fromUnixMillis(new Date(year, month, day).getTime())
  const to = fromUnixMillis(new Date(year, month, day + 1).getTime())
  let longestNs = 0
  let isDated = false
  for (const { durationNs, startTimeUnixNano } of traces) {
    longestNs = Math.max(longestNs, durationNs)
    const start = BigInt(startTimeUnixNano)
    isDated ||= start < from || start >= to
  }
  return { longestNs, isDated }
}

/** Length of a trace's bar, 0 to 1, of that of the longest. */
export function durationShare(durationNs: number, longestNs: number): number {
  return longestNs > 0 ? Math.max(0, durationNs) / longestNs : 0
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
