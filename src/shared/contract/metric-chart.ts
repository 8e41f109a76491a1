/** One metric over time: its series put into groups, each a line of buckets. */

import { z } from 'zod'
import { metricTypes, temporalities } from '../model/metric.ts'
import { flag, timeRange } from './inputs.ts'

/** An answer holds at most this many groups of each variant; the rest is counted. */
export const maxChartGroups = 50
/** A range of more buckets gets wider ones. */
export const maxChartBuckets = 1000

/** A parameter that may be given once or often. */
const repeatable = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

export const metricChartInputFields = {
  groupBy: repeatable
    .refine((keys) => keys.length <= 8, 'at most 8 keys')
    .refine((keys) => keys.every((key) => key !== ''), 'must name an attribute')
    .optional()
    .meta({
      description: 'Attribute of the series or of their resource, `service.name` included; repeatable',
      examples: ['http.route'],
    }),
  attr: repeatable
    .refine((filters) => filters.every((filter) => filter.indexOf('=') > 0), 'must be KEY=VALUE')
    .optional()
    .meta({
      description: 'KEY=VALUE on the series or their resource, in any spelling of semantic conventions; repeatable',
    }),
  stepSeconds: z.coerce
    .number()
    .int()
    .min(1, 'must be at least 1')
    .max(366 * 86_400)
    .optional()
    .meta({ description: 'Width of a bucket; the answer names the width really used' }),
  maxGroups: z.coerce.number().int().min(1).max(maxChartGroups).default(maxChartGroups),
}

export const metricChartInputSchema = z.object({
  name: z.string().min(1),
  service: z.string().optional(),
  ...timeRange,
  ...metricChartInputFields,
  exemplars: flag.default(true),
})
export type MetricChartInput = z.infer<typeof metricChartInputSchema>

/** One number a bucket, in order; null where there is nothing to say: draw a gap. */
const column = z.array(z.number().nullable())
export type ChartColumn = (number | null)[]

/**
 * Columns of a group, all as long as the chart has buckets. Which there are depends on the type:
 * - gauge: `last`, `avg`, `min`, `max` over its series (`last`: mean of the newest value of each);
 * - sum that only grows, and any delta sum: `sum` (what was added) and `rate`;
 * - other sums: `last` and `avg`, added up over its series;
 * - histograms: `count`, `rate`, `sum`, `avg`, `p50`, `p95`, `p99` with their error bounds, `min` and `max` of delta ones;
 * - summary: `count`, `rate`, `sum`, `avg` and `quantiles`.
 */
const columnsSchema = z.object({
  last: column.optional(),
  avg: column.optional(),
  min: column.optional(),
  max: column.optional(),
  sum: column.optional(),
  /** Per second: what was added, or observations of histograms and summaries. */
  rate: column.optional(),
  /** Observations; what a point adds is spread evenly over the time it covers, so this may be a fraction. */
  count: column.optional(),
  p50: column.optional(),
  p95: column.optional(),
  p99: column.optional(),
  /** The percentile is off by at most this much; null where it lies beyond the last bound and is a lower limit. */
  p50Error: column.optional(),
  p95Error: column.optional(),
  p99Error: column.optional(),
})
export type ChartColumns = z.infer<typeof columnsSchema>

export const metricGroupSchema = z.object({
  /** Value under each `groupBy` key, in that order; null where a series doesn't have it. */
  key: z.array(z.string().nullable()),
  /** For people: the values joined, or the metric's name when nothing is grouped by. */
  title: z.string(),
  seriesCount: z.number(),
  /** Services its series come from, at most 20. */
  services: z.array(z.string()),
  /** Its value of what `rankedBy` of the variant says; null when it has none in the range. */
  rank: z.number().nullable(),
  columns: columnsSchema,
  /** Summaries: as sent, the largest of its series, which no overall quantile exceeds. */
  quantiles: z.array(z.object({ quantile: z.number(), values: column })).optional(),
  /** What counters and histograms counted while nothing arrived for longer than 2.5 intervals: known, but not when. */
  acrossGaps: z.number(),
})
export type MetricGroup = z.infer<typeof metricGroupSchema>

const heatmapSchema = z.object({
  /** Ascending; null is without end. A value lies in the row whose `from` it exceeds and whose `to` it doesn't. */
  rows: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable() })),
  /** `counts[bucket][row]` over all groups shown. */
  counts: z.array(z.array(z.number())),
})
export type MetricHeatmap = z.infer<typeof heatmapSchema>

export const metricVariantSchema = z.object({
  type: z.enum(metricTypes),
  unit: z.string(),
  description: z.string(),
  temporality: z.enum(temporalities),
  monotonic: z.boolean(),
  /** The column to draw first. */
  main: z.enum(['last', 'rate', 'p95']),
  /** What groups are ranked by, for people. */
  rankedBy: z.string(),
  /** Largest first. */
  groups: z.array(metricGroupSchema),
  groupCount: z.number(),
  /** Series of the variant that match the filters. */
  seriesCount: z.number(),
  /** Series behind the groups shown. */
  seriesShown: z.number(),
  /** Attribute keys its series (of the first 1000) can be grouped by, with how many values each has. */
  attributes: z.array(z.object({ key: z.string(), values: z.number() })),
  /** Histograms: how percentiles were found, for people, and their relative error where there is one bound for all. */
  percentiles: z.object({ method: z.string(), relativeError: z.number().nullable() }).nullable(),
  heatmap: heatmapSchema.nullable(),
  /** Points in the range that could not be drawn. */
  skipped: z.array(z.object({ reason: z.string(), count: z.number() })),
  /** Oddities, in sentences. */
  warnings: z.array(z.string()),
})
export type MetricVariant = z.infer<typeof metricVariantSchema>

export const metricExemplarSchema = z.object({
  timeUnixNano: z.string(),
  value: z.number(),
  traceId: z.string(),
  spanId: z.string().nullable(),
  /** Whether its trace can be opened here. */
  traceStored: z.boolean(),
  service: z.string(),
  unit: z.string(),
})
export type MetricExemplar = z.infer<typeof metricExemplarSchema>

export const metricChartSchema = z.object({
  name: z.string(),
  /** The range and step really used: widened outward to whole buckets, which begin at multiples of the step. */
  startUnixNano: z.string(),
  endUnixNano: z.string(),
  stepSeconds: z.number(),
  groupBy: z.array(z.string()),
  /** One for each type, unit or temporality the metric came in: they are never added to each other. Newest first. */
  variants: z.array(metricVariantSchema),
  /** At most 200, the highest and the newest, oldest first. */
  exemplars: z.array(metricExemplarSchema),
})
export type MetricChart = z.infer<typeof metricChartSchema>
