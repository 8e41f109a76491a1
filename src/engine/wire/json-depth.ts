/** How deep JSON is nested, and its text where that is bounded: writing what others nested without end would overflow the stack. */

import { maxDepth } from './otlp-common-protobuf.ts'

/** Stops counting where it is too deep anyway. */
export function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return depth
  let deepest = depth
  for (const held of Object.values(value)) deepest = Math.max(deepest, depthOf(held, depth + 1))
  return deepest
}

/** JSON of what `parseJson` read, long integers with all their digits as text; undefined when it is nested too deep. */
export function boundedJson(value: unknown): string | undefined {
  if (depthOf(value) > maxDepth) return undefined
  return JSON.stringify(value ?? null, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))
}
