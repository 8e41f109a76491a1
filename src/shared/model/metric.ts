/** Enumerations of metrics as OTLP numbers them (`opentelemetry/proto/metrics/v1/metrics.proto`). */

export const metricTypes = ['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'] as const
export type MetricType = (typeof metricTypes)[number]

/** Index = OTLP `AggregationTemporality`. */
export const temporalities = ['unspecified', 'delta', 'cumulative'] as const
export type Temporality = (typeof temporalities)[number]

export function temporalityName(temporality: number): Temporality {
  return temporalities[temporality] ?? 'unspecified'
}
