/** Where OTLP/JSON keeps the points of a metric. */

import type { MetricType } from '#shared/model/metric.ts'

export const metricDataFields: Readonly<Record<MetricType, string>> = {
  gauge: 'gauge',
  sum: 'sum',
  histogram: 'histogram',
  exponential_histogram: 'exponentialHistogram',
  summary: 'summary',
}
