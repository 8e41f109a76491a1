/** How often to ask again: with every commit what is answered quickly, else so that the engine has time for others. */

/** Slower answers are asked for at intervals. */
const quickMs = 350
const restShare = 5

export interface Timed<T> {
  readonly answer: T
  readonly tookMs: number
}

export async function timed<T>(ask: () => Promise<T>): Promise<Timed<T>> {
  const startedMs = performance.now()
  const answer = await ask()
  return { answer, tookMs: performance.now() - startedMs }
}

export interface Pace {
  /** For a query's `meta`. */
  readonly live: boolean
  readonly refetchInterval: number | false
}

/** `leastMs`: never more often than that, not even with every commit. */
export function paceOf(last: Timed<unknown> | undefined, leastMs = 0): Pace {
  const tookMs = last?.tookMs ?? 0
  if (tookMs <= quickMs && leastMs === 0) return { live: true, refetchInterval: false }
  return { live: false, refetchInterval: Math.round(Math.max(leastMs, 2_000, tookMs * restShare)) }
}
