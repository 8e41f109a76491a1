/** What the trace screen keeps in its URL: the selected span, the zoomed window, the focus and how logs are narrowed. */

import { z } from 'zod'
import { parseSpanKey } from './span-index.ts'
import { clampWindow, fullWindow, sameWindow, type TimeWindow } from './trace-geometry.ts'

const spanKeyParam = z.string().refine((text) => parseSpanKey(text) !== undefined)

const offsetNs = z.coerce.number().finite().nonnegative()

/** A parameter that can't be read is as if absent: a mangled link still opens its trace. */
export const traceSearchSchema = z.object({
  /** Span id, with `.1`, `.2`, … for others under the same id. */
  span: spanKeyParam.optional().catch(undefined),
  /** Zoomed window, ns since the trace's start. */
  from: offsetNs.optional().catch(undefined),
  to: offsetNs.optional().catch(undefined),
  /** Only this span and what lies below it. */
  focus: spanKeyParam.optional().catch(undefined),
  /** `span`: only the selected span's logs. */
  logs: z.enum(['span']).optional().catch(undefined),
})
export type TraceSearch = z.infer<typeof traceSearchSchema>

/** The window in the URL inside this trace; the whole trace where there is none. */
export function windowOf({ from, to }: TraceSearch, durationNs: number): TimeWindow {
  const full = fullWindow(durationNs)
  if (from === undefined || to === undefined || to <= from) return full
  return clampWindow({ start: from, end: to }, full)
}

/** The parameters of a window; none for the whole trace. */
export function windowParams(window: TimeWindow, durationNs: number): Pick<TraceSearch, 'from' | 'to'> {
  if (sameWindow(window, fullWindow(durationNs))) return { from: undefined, to: undefined }
  return { from: Math.round(window.start), to: Math.round(window.end) }
}
