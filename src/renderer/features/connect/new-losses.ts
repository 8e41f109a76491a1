/** What was lost since a person began to watch. */

import type { Loss } from '#shared/contract/health.ts'
import { isPruned } from '../../client/losses.ts'

/** The losses of `now` by how much they grew since `before`; those that didn't, and what retention pruned, are left out. */
export function newLosses(before: readonly Loss[], now: readonly Loss[]): readonly Loss[] {
  const counts = new Map(before.map((loss) => [`${loss.signal} ${loss.reason}`, loss.count]))
  return now
    .map((loss) => ({ ...loss, count: loss.count - (counts.get(`${loss.signal} ${loss.reason}`) ?? 0) }))
    .filter((loss) => loss.count > 0 && !isPruned(loss))
}
