/** The Metrics screen's state in the URL: which metric, how it is grouped, filtered and drawn. */

import { z } from 'zod'

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

/** In place of keys: one line for the whole metric. */
const nothing = 'none'

export const metricsUrlSchema = z.object({
  /** Text searched for in the list. */
  q: z.string().optional().catch(undefined),
  /** The metric on show. */
  name: z.string().optional().catch(undefined),
  /** Attribute keys to group by; absent for what suits the metric, `none` for one group of all. */
  by: oneOrMany.optional().catch(undefined),
  /** KEY=VALUE on series or their resource. */
  attr: oneOrMany.optional().catch(undefined),
  /** What is drawn: see `metric-modes.ts`. */
  show: z.string().optional().catch(undefined),
  /** Groups on show alone, by title. */
  only: oneOrMany.optional().catch(undefined),
  scale: z.enum(['log']).optional().catch(undefined),
})
export type MetricsUrl = z.output<typeof metricsUrlSchema>

/** The keys chosen; undefined when none were and the metric's own fit. */
export function groupKeysOf({ by }: MetricsUrl): readonly string[] | undefined {
  return by?.length === 1 && by[0] === nothing ? [] : by
}

export function groupKeysParam(keys: readonly string[]): string[] {
  return keys.length === 0 ? [nothing] : [...keys]
}

/** Another metric: nothing said about the one before holds for it. */
export function openMetric(name: string): { readonly [K in keyof MetricsUrl]?: MetricsUrl[K] } {
  return { name, by: undefined, attr: undefined, show: undefined, only: undefined, scale: undefined }
}
