/** Traces of requests that were sent a moment ago: their screen waits for the first span instead of missing it. */

/** Longer than any request of the load lab takes until its first span is stored. */
const waitMs = 20_000
const maxAwaited = 50

const sentAt = new Map<string, number>()

export function awaitTrace(traceId: string): void {
  sentAt.set(traceId, Date.now())
  const [oldest] = sentAt.keys()
  if (sentAt.size > maxAwaited && oldest !== undefined) sentAt.delete(oldest)
}

/** How long its first span may still take; 0 for a trace that nobody waits for (any more). */
export function awaitedMs(traceId: string): number {
  const at = sentAt.get(traceId)
  return at === undefined ? 0 : Math.max(0, at + waitMs - Date.now())
}
