/** Metrics as they were received: what there is, the points of one, and its chart. */

import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { metricTypes, temporalities } from '../model/metric.ts'
import { flag, limit, timeRange } from './inputs.ts'
import { metricChartInputFields, metricChartInputSchema, metricChartSchema, metricGroupSchema } from './metric-chart.ts'

const metricFields = {
  name: z.string(),
  type: z.enum(metricTypes),
  unit: z.string(),
  description: z.string(),
  temporality: z.enum(temporalities),
  /** Sums only: whether it never falls. */
  monotonic: z.boolean(),
}

/**
 * What one number says of a whole metric: `mean` of the newest values of a gauge, `total` of those of a sum that may fall,
 * `rate` per second of a sum that only grows and of a summary's observations, `p95` of a histogram.
 */
export const headlines = ['mean', 'total', 'rate', 'p95'] as const
export type Headline = (typeof headlines)[number]

const headlineSchema = z.object({
  kind: z.enum(headlines),
  /** Null when its newest points say nothing, such as the first point of a counter. */
  value: z.number().nullable(),
  /** Series it was taken from; a metric of more than 16 series is sampled. */
  series: z.number(),
})

const sparklineSchema = z.object({
  startUnixNano: z.string(),
  stepSeconds: z.number(),
  /** The headline of each bucket, at most 30, null where nothing was recorded. */
  values: z.array(z.number().nullable()),
})

export const metricSchema = z.object({
  ...metricFields,
  services: z.array(z.string()),
  seriesCount: z.number(),
  pointCount: z.number(),
  /** Time of its newest point; null when all were pruned. */
  lastTimeUnixNano: z.string().nullable(),
  /** From its newest points; null when all were pruned. */
  last: headlineSchema.nullable(),
  /** Present when asked for: the range asked for, or the hour before the newest point of all. */
  sparkline: sparklineSchema.optional(),
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

export const metricListInputSchema = z.object({
  service: z.string().optional(),
  ...timeRange,
  sparklines: flag.optional().meta({ description: 'true: also a line of at most 30 buckets for each metric' }),
})
export type MetricListInput = z.infer<typeof metricListInputSchema>

const { groupBy, attr, stepSeconds, maxGroups } = metricChartInputFields

const metricGetInputSchema = z.object({
  name: z.string().min(1),
  service: z.string().optional(),
  ...timeRange,
  groupBy,
  attr,
  stepSeconds,
  maxGroups,
  limit,
})

export const metrics = {
  list: oc
    .route({ method: 'GET', path: '/metrics', summary: 'Every metric received', tags: ['Metrics'] })
    .input(metricListInputSchema)
    .output(z.object({ metrics: z.array(metricSchema) })),
  get: oc
    .route({ method: 'GET', path: '/metrics/{name}', summary: 'The series of one metric', tags: ['Metrics'] })
    .input(metricGetInputSchema)
    .output(
      z.object({
        /** Of the variant received last; a metric may change its type or unit, each series tells its own. */
        ...metricFields,
        series: z.array(seriesSchema),
        /** How many series there are; more than are listed when this exceeds `limit`. */
        seriesCount: z.number(),
        /** With `groupBy` or `stepSeconds`: the range and step really used, widened outward to whole buckets. */
        startUnixNano: z.string().optional(),
        endUnixNano: z.string().optional(),
        stepSeconds: z.number().optional(),
        /** With `groupBy` or `stepSeconds`: the groups of every variant; one of another type or unit never joins them. */
        groups: z
          .array(
            metricGroupSchema.extend({
              type: z.enum(metricTypes),
              unit: z.string(),
              temporality: z.enum(temporalities),
              monotonic: z.boolean(),
            }),
          )
          .optional(),
        /** More than `groups` holds when there are more than `maxGroups`. */
        groupCount: z.number().optional(),
        warnings: z.array(z.string()).optional(),
      }),
    ),
  /** One metric over time: grouped, ranked, and ready to be drawn. */
  chart: oc.input(metricChartInputSchema).output(metricChartSchema),
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
