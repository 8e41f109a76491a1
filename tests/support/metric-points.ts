/** Small OTLP/JSON metric requests for tests: name what matters, the rest is filled in. */

import { epoch, keyValues, type PlainValue } from './otlp.ts'

type Json = Record<string, unknown>
type Attributes = Readonly<Record<string, PlainValue>>

export interface PointSketch {
  /** Seconds after `epoch`. */
  readonly at: number
  /** Seconds after `epoch`; left out when undefined. */
  readonly start?: number
  readonly attributes?: Attributes
  readonly value?: number
  /** Any further fields of the JSON. */
  readonly more?: Json
}

/** Bounds and counts of a histogram, buckets of an exponential one, quantiles of a summary. */
export interface MetricSketch {
  readonly name: string
  readonly unit?: string
  readonly gauge?: readonly PointSketch[]
  readonly sum?: readonly PointSketch[]
  readonly histogram?: readonly PointSketch[]
  readonly exponentialHistogram?: readonly PointSketch[]
  readonly summary?: readonly PointSketch[]
  /** Sums and histograms; cumulative unless told. */
  readonly delta?: boolean
  /** Sums; true unless told. */
  readonly monotonic?: boolean
}

export function at(seconds: number): string {
  return (epoch + BigInt(Math.round(seconds * 1e9))).toString()
}

function pointJson({ at: time, start, attributes, value, more }: PointSketch): Json {
  return {
    timeUnixNano: at(time),
    ...(start === undefined ? {} : { startTimeUnixNano: at(start) }),
    attributes: keyValues(attributes ?? {}),
    ...(value === undefined ? {} : { asDouble: Number.isFinite(value) ? value : String(value) }),
    ...more,
  }
}

function metricJson(sketch: MetricSketch): Json {
  const aggregationTemporality = sketch.delta ? 1 : 2
  const dataPoints = (points: readonly PointSketch[]): Json => ({ dataPoints: points.map(pointJson) })
  return {
    name: sketch.name,
    unit: sketch.unit ?? '1',
    ...(sketch.gauge ? { gauge: dataPoints(sketch.gauge) } : {}),
    ...(sketch.sum
      ? { sum: { ...dataPoints(sketch.sum), aggregationTemporality, isMonotonic: sketch.monotonic ?? true } }
      : {}),
    ...(sketch.histogram ? { histogram: { ...dataPoints(sketch.histogram), aggregationTemporality } } : {}),
    ...(sketch.exponentialHistogram
      ? { exponentialHistogram: { ...dataPoints(sketch.exponentialHistogram), aggregationTemporality } }
      : {}),
    ...(sketch.summary ? { summary: dataPoints(sketch.summary) } : {}),
  }
}

/** One service's metrics. */
export function metricsOf(
  service: string,
  metrics: readonly MetricSketch[],
  resource: Attributes = {},
): { resourceMetrics: Json[] } {
  return {
    resourceMetrics: [
      {
        resource: { attributes: keyValues({ 'service.name': service, ...resource }) },
        scopeMetrics: [{ scope: { name: 'test' }, metrics: metrics.map(metricJson) }],
      },
    ],
  }
}
