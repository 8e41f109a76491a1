/** How full things are: resources found in metrics by the names semantic conventions give them. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { timeRange } from './inputs.ts'
import { metricChartInputFields } from './metric-chart.ts'

/** Kinds of resources, as lists show them. */
export const saturationKinds = [
  'cpu',
  'memory',
  'disk',
  'filesystem',
  'network',
  'pool',
  'queue',
  'event_loop',
  'gc',
] as const
export type SaturationKind = (typeof saturationKinds)[number]

/** One number a bucket, in order; null where there is nothing to say. */
const column = z.array(z.number().nullable())

const lineFields = {
  /** For people, such as "orders-db pool". */
  title: z.string(),
  service: z.string(),
  /** The metric its values come from, as it was sent. */
  metric: z.string(),
  /** Unit of `values`; counters are rates, so `By` becomes `By/s`, and seconds of work per second `1`. */
  unit: z.string(),
  values: column,
  /** The newest value in the range; null when there is none. */
  latest: z.number().nullable(),
  peak: z.number().nullable(),
}

export const saturationResourceSchema = z.object({
  kind: z.enum(saturationKinds),
  ...lineFields,
  /** The newest limit in the range, in `unit`; null when none is known. */
  limit: z.number().nullable(),
  /** The metric the limit comes from; null when it lies in the nature of the value, as for a utilization. */
  limitMetric: z.string().nullable(),
  /** Values as a share of the limit, 0 to 1 and above when it is exceeded; null when no limit is known. */
  share: column.nullable(),
  latestShare: z.number().nullable(),
  peakShare: z.number().nullable(),
})
export type SaturationResource = z.infer<typeof saturationResourceSchema>

export const activeLineSchema = z.object({
  /** What is counted: requests in work, or connections in use. */
  kind: z.enum(['requests', 'connections']),
  ...lineFields,
})
export type ActiveLine = z.infer<typeof activeLineSchema>

const wantedSchema = z.object({
  kind: z.enum(saturationKinds),
  /** What to instrument, in a sentence. */
  how: z.string(),
  /** Metrics that would be found. */
  metrics: z.array(z.string()),
})

export const saturationInputSchema = z.object({
  service: z.string().optional(),
  ...timeRange,
  stepSeconds: metricChartInputFields.stepSeconds,
})
export type SaturationInput = z.infer<typeof saturationInputSchema>

export const saturationSchema = z.object({
  /** The range and step really used: widened outward to whole buckets, which begin at multiples of the step. */
  startUnixNano: z.string(),
  endUnixNano: z.string(),
  stepSeconds: z.number(),
  /** Fullest first by the newest share, those without a limit last; at most 50. */
  resources: z.array(saturationResourceSchema),
  /** More than are listed when this exceeds 50. */
  resourceCount: z.number(),
  /** Active requests and connections, most first; at most 50. */
  active: z.array(activeLineSchema),
  activeCount: z.number(),
  /** Kinds that nothing was found for in the range. */
  wanted: z.array(wantedSchema),
  /** What could not be read in full, in sentences. */
  warnings: z.array(z.string()),
})
export type Saturation = z.infer<typeof saturationSchema>

export const saturation = {
  get: oc
    .route({ method: 'GET', path: '/saturation', summary: 'How full resources are', tags: ['Overview'] })
    .input(saturationInputSchema)
    .output(saturationSchema),
}
