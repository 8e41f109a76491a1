/** Over how much of a range a rate is meant: not over the time before anything was received. */

import type { Overview } from '#shared/contract/overview.ts'

export interface Coverage {
  readonly seconds: number
  /** When the first request began, where that was within the range; undefined when the whole range counts. */
  readonly sinceUnixNano: bigint | undefined
}

/**
 * The whole range, or from its first request on when nothing is known of the time before: a service that started a minute
 * ago has the rate it has, not a fifteenth of it.
 */
export function coverageOf({ startUnixNano, endUnixNano, buckets, previous }: Overview): Coverage {
  const seconds = (from: bigint) => Number((BigInt(endUnixNano) - from) / 1_000_000n) / 1_000
  const first = buckets.find(({ requests }) => requests > 0)
  if (previous !== null || first === undefined || first === buckets[0])
    return { seconds: seconds(BigInt(startUnixNano)), sinceUnixNano: undefined }
  const since = BigInt(first.startUnixNano)
  return { seconds: seconds(since), sinceUnixNano: since }
}
