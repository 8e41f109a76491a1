/** Metrics as they were received: what there is, and the points of one. */

import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { metricTypes, temporalities } from '../model/metric.ts'
import { limit, timeRange } from './inputs.ts'

const metricFields = {
  name: z.string(),
  type: z.enum(metricTypes),
  unit: z.string(),
  description: z.string(),
  temporality: z.enum(temporalities),
  /** Sums only: whether it never falls. */
  monotonic: z.boolean(),
}

export const metricSchema = z.object({
  ...metricFields,
  services: z.array(z.string()),
  seriesCount: z.number(),
  pointCount: z.number(),
  /** Time of its newest point; null when all were pruned. */
  lastTimeUnixNano: z.string().nullable(),
})
export type Metric = z.infer<typeof metricSchema>

/** A double as JSON can hold it: NaN and infinities are the strings "NaN", "Infinity" and "-Infinity". */
const double = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])

const bucketsSchema = z.object({ offset: z.number(), bucketCounts: z.array(z.number()) })

export const pointSchema = z.object({
  timeUnixNano: z.string(),
  startTimeUnixNano: z.string(),
  /** Bit 0: no recorded value. */
  flags: z.number(),
  /** Gauges and sums; null when nothing was recorded. */
  value: double.nullable().optional(),
  count: z.number().optional(),
  sum: double.nullable().optional(),
  min: double.nullable().optional(),
  max: double.nullable().optional(),
  bucketCounts: z.array(z.number()).optional(),
  explicitBounds: z.array(double).optional(),
  scale: z.number().optional(),
  zeroCount: z.number().optional(),
  zeroThreshold: z.number().optional(),
  positive: bucketsSchema.nullable().optional(),
  negative: bucketsSchema.nullable().optional(),
  quantileValues: z.array(z.object({ quantile: double, value: double })).optional(),
  exemplars: z
    .array(
      z.object({
        timeUnixNano: z.string(),
        value: double.nullable(),
        traceId: z.string().nullable(),
        spanId: z.string().nullable(),
      }),
    )
    .optional(),
})
export type Point = z.infer<typeof pointSchema>

export const seriesSchema = z.object({
  type: z.enum(metricTypes),
  unit: z.string(),
  temporality: z.enum(temporalities),
  serviceName: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  resource: z.record(z.string(), z.unknown()),
  /** Oldest first: the newest points of the range. */
  points: z.array(pointSchema),
  /** True when the range holds older points than these. */
  morePoints: z.boolean(),
})
export type Series = z.infer<typeof seriesSchema>

export const metrics = {
  list: oc
    .route({ method: 'GET', path: '/metrics', summary: 'Every metric received', tags: ['Metrics'] })
    .input(z.object({ service: z.string().optional() }))
    .output(z.object({ metrics: z.array(metricSchema) })),
  get: oc
    .route({ method: 'GET', path: '/metrics/{name}', summary: 'The series of one metric', tags: ['Metrics'] })
    .input(z.object({ name: z.string().min(1), service: z.string().optional(), ...timeRange, limit }))
    .output(
      z.object({
        /** Of the variant received last; a metric may change its type or unit, each series tells its own. */
        ...metricFields,
        series: z.array(seriesSchema),
        /** How many series there are; more than are listed when this exceeds `limit`. */
        seriesCount: z.number(),
      }),
    ),
  otlp: oc
    .route({
      method: 'GET',
      path: '/metrics/{name}/otlp',
      summary: 'Every stored point of one metric as OTLP/JSON `resourceMetrics`, field for field what was sent',
      tags: ['Metrics'],
    })
    .input(z.object({ name: z.string().min(1) }))
    .output(type<Blob>()),
}
