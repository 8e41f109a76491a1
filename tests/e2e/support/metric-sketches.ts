/** OTLP/JSON metrics of every type: name what matters, the rest is filled in. */

import { keyValues, type PlainValue, traceIdOf } from '../../support/otlp.ts'
import { instant, seconds } from './moments.ts'

type Json = Record<string, unknown>

export interface PointSketch {
  /** See `moments.ts`. */
  readonly at: bigint
  readonly attributes?: Readonly<Record<string, PlainValue>>
}

export interface NumberPoint extends PointSketch {
  readonly value: number
}

export interface HistogramPoint extends PointSketch {
  /** Counts up to each bound, and of what lies above. */
  readonly counts: readonly number[]
  /** A trace behind one of the observations, and that observation. */
  readonly exemplar?: { readonly trace: number; readonly value: number }
}

const minute = 60n * seconds

function numberPoint({ at, value, attributes = {} }: NumberPoint): Json {
  return {
    startTimeUnixNano: instant(at - minute),
    timeUnixNano: instant(at),
    asDouble: value,
    attributes: keyValues(attributes),
  }
}

export function gauge(name: string, unit: string, points: readonly NumberPoint[]): Json {
  return { name, unit, description: `What ${name} is.`, gauge: { dataPoints: points.map(numberPoint) } }
}

/** A cumulative counter that started at `start`. */
export function counter(name: string, unit: string, start: bigint, points: readonly NumberPoint[]): Json {
  const dataPoints = points.map((point) => ({ ...numberPoint(point), startTimeUnixNano: instant(start) }))
  return { name, unit, sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints } }
}

/** A delta histogram, each point over the ten seconds before it. */
export function histogram(
  name: string,
  unit: string,
  bounds: readonly number[],
  points: readonly HistogramPoint[],
): Json {
  const dataPoints = points.map(({ at, counts, exemplar, attributes = {} }) => ({
    startTimeUnixNano: instant(at - 10n * seconds),
    timeUnixNano: instant(at),
    count: String(counts.reduce((sum, count) => sum + count, 0)),
    bucketCounts: counts.map(String),
    explicitBounds: bounds,
    attributes: keyValues(attributes),
    exemplars:
      exemplar === undefined
        ? []
        : [
            {
              timeUnixNano: instant(at),
              asDouble: exemplar.value,
              traceId: traceIdOf(exemplar.trace),
              spanId: '0000000000000001',
            },
          ],
  }))
  return { name, unit, histogram: { aggregationTemporality: 1, dataPoints } }
}

/** A delta histogram of powers of two: counts of the buckets from 2^0 on. */
export function exponentialHistogram(name: string, unit: string, points: readonly HistogramPoint[]): Json {
  const dataPoints = points.map(({ at, counts, attributes = {} }) => ({
    startTimeUnixNano: instant(at - 10n * seconds),
    timeUnixNano: instant(at),
    count: String(counts.reduce((sum, count) => sum + count, 0)),
    scale: 0,
    zeroCount: '0',
    positive: { offset: 0, bucketCounts: counts.map(String) },
    attributes: keyValues(attributes),
  }))
  return { name, unit, exponentialHistogram: { aggregationTemporality: 1, dataPoints } }
}

export interface SummaryPoint extends PointSketch {
  readonly count: number
  readonly quantiles: Readonly<Record<string, number>>
}

export function summary(name: string, unit: string, points: readonly SummaryPoint[]): Json {
  const dataPoints = points.map(({ at, count, quantiles, attributes = {} }) => ({
    startTimeUnixNano: instant(at - minute),
    timeUnixNano: instant(at),
    count: String(count),
    sum: count,
    quantileValues: Object.entries(quantiles).map(([quantile, value]) => ({ quantile: Number(quantile), value })),
    attributes: keyValues(attributes),
  }))
  return { name, unit, summary: { dataPoints } }
}

/** One request of a service. */
export function metricsOf(service: string, metrics: readonly Json[]): { resourceMetrics: Json[] } {
  return {
    resourceMetrics: [
      {
        resource: { attributes: keyValues({ 'service.name': service }) },
        scopeMetrics: [{ scope: { name: 'test' }, metrics }],
      },
    ],
  }
}
