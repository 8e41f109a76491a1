/** How long each span was busy itself: its duration without the time in which at least one of its children ran. */

import type { SpanData } from '#shared/model/telemetry-data.ts'

/** Nanoseconds, in the order of the spans, which come by their start. Children count as far as they lie within their parent. */
export function selfTimes(
  spans: readonly Pick<SpanData, 'spanId' | 'parentSpanId' | 'startUnixNano' | 'endUnixNano'>[],
): number[] {
  const indexOf = new Map(spans.map(({ spanId }, index) => [spanId, index]))
  const own = spans.map(({ startUnixNano, endUnixNano }) => Math.max(0, Number(endUnixNano - startUnixNano)))
  /** Until when children seen so far cover each span. */
  const coveredUntil = spans.map(({ startUnixNano }) => startUnixNano)
  for (const { parentSpanId, startUnixNano, endUnixNano } of spans) {
    const index = parentSpanId === null ? undefined : indexOf.get(parentSpanId)
    const parent = index === undefined ? undefined : spans[index]
    const covered = index === undefined ? undefined : coveredUntil[index]
    if (index === undefined || !parent || covered === undefined) continue
    const from = startUnixNano > covered ? startUnixNano : covered
    const until = endUnixNano < parent.endUnixNano ? endUnixNano : parent.endUnixNano
    if (until <= from) continue
    own[index] = (own[index] ?? 0) - Number(until - from)
    coveredUntil[index] = until
  }
  return own
}
