/** The traces of an exported file as its list shows them: those a text is found in, in the order asked for. */

import type { ExportedTrace } from '#shared/contract/html-export.ts'
import type { TraceOrder } from '#shared/contract/traces.ts'

/** Traces whose root, services or id contain the text, in either case. */
export function matchingTraces(traces: readonly ExportedTrace[], text: string): readonly ExportedTrace[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return traces
  return traces.filter(({ traceId, rootService, rootOperation, services }) =>
    [traceId, rootService, rootOperation, ...services].some((part) => part.toLowerCase().includes(wanted)),
  )
}

/** As the app orders them: what is equal in the figure asked for stands newest first. */
export function orderedTraces(traces: readonly ExportedTrace[], order: TraceOrder): readonly ExportedTrace[] {
  const figure = {
    newest: () => 0,
    slowest: ({ durationNs }: ExportedTrace) => durationNs,
    errors: ({ errorCount }: ExportedTrace) => errorCount,
  }[order]
  return [...traces].sort((a, b) => figure(b) - figure(a) || newestFirst(a, b))
}

function newestFirst(a: ExportedTrace, b: ExportedTrace): number {
  const difference = BigInt(b.startTimeUnixNano) - BigInt(a.startTimeUnixNano)
  return difference === 0n ? 0 : difference > 0n ? 1 : -1
}
