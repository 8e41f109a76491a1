/** Processes of one service that came after each other: a restart makes no second resource of the first one. */

import type { TimeBuckets } from '../signals/time-buckets.ts'
import type { ResourceValues } from './saturation-values.ts'

/** What ended holds its last value for an interval, and in a rolling restart two run at once for a while. */
const longestOverlapNs = 60e9

interface Life {
  readonly instance: ResourceValues
  /** Buckets, both included. */
  readonly first: number
  readonly last: number
}

/** Instances of the same resource as one, named as the newest is; those that ran side by side stay apart. */
export function joinRestarts(resources: readonly ResourceValues[], { stepNs }: TimeBuckets): ResourceValues[] {
  const longest = Math.ceil(longestOverlapNs / stepNs)
  const same = Map.groupBy(resources, ({ identity: { service, name } }) => JSON.stringify([service, name]))
  return [...same.values()].flatMap((instances) => {
    if (instances.length === 1) return instances
    const lives = livesOf(instances)
    const ranSideBySide = lives.some((life, index) => index > 0 && overlaps(lives[index - 1], life, longest))
    return ranSideBySide ? instances : joined(lives)
  })
}

/** In the order they began. */
function livesOf(instances: readonly ResourceValues[]): Life[] {
  return instances
    .map((instance) => ({
      instance,
      first: instance.whole.findIndex((value) => value !== null),
      last: instance.whole.findLastIndex((value) => value !== null),
    }))
    .filter(({ first }) => first >= 0)
    .sort((left, right) => left.first - right.first)
}

/** For longer than a restart takes, or for half of what is known of one of them. */
function overlaps(before: Life | undefined, after: Life, longest: number): boolean {
  if (!before) return false
  const shorter = Math.min(before.last - before.first, after.last - after.first) + 1
  return before.last - after.first + 1 > Math.min(longest, Math.floor(shorter / 2))
}

/** Where two meet the younger one tells. */
function joined(lives: readonly Life[]): ResourceValues[] {
  const newest = lives.at(-1)?.instance
  if (!newest) return []
  const column = (of: 'used' | 'whole') =>
    newest.whole.map((_, bucket) => {
      const told = lives.findLast(({ instance }) => instance[of][bucket] !== null)
      return told?.instance[of][bucket] ?? null
    })
  return [{ identity: newest.identity, used: column('used'), whole: column('whole') }]
}
