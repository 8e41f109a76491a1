/** The official JavaScript SDK's metrics, over every transport and encoding. */

import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { runningEngine } from '../support/running-engine.ts'

const transports: Record<string, (engine: Engine) => PushMetricExporter> = {
  gRPC: ({ endpoints }) => new GrpcMetrics({ url: endpoints.grpc }),
  'HTTP protobuf': ({ endpoints }) => new ProtobufMetrics({ url: `${endpoints.http}/v1/metrics` }),
  'HTTP JSON': ({ endpoints }) => new JsonMetrics({ url: `${endpoints.http}/v1/metrics` }),
}

describe.each(Object.entries(transports))('%s', (_name, exporterFor) => {
  it('keeps sums, gauges, histograms and exponential histograms', async () => {
    await using engine = await runningEngine()
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': 'sdk-client' }),
      readers: [new PeriodicExportingMetricReader({ exporter: exporterFor(engine) })],
      views: [{ instrumentName: 'payload', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    })
    const meter = provider.getMeter('conformance')
    meter.createCounter('requests', { unit: '{request}' }).add(3, { route: '/cart' })
    meter.createObservableGauge('depth').addCallback((result) => result.observe(2.5))
    const latency = meter.createHistogram('latency', { unit: 'ms' })
    for (const value of [1, 20, 300]) latency.record(value, { route: '/cart' })
    meter.createHistogram('payload', { unit: 'By' }).record(100)
    await provider.forceFlush()
    await provider.shutdown()

    const { readers } = engine.context
    const { metrics } = await readers.query('listMetrics', {})
    expect(metrics).toMatchObject([
      { name: 'depth', type: 'gauge', services: ['sdk-client'], seriesCount: 1 },
      { name: 'latency', type: 'histogram', unit: 'ms', temporality: 'cumulative' },
      { name: 'payload', type: 'exponential_histogram', unit: 'By' },
      { name: 'requests', type: 'sum', unit: '{request}', monotonic: true },
    ])
    const requests = await readers.query('metricSeries', { name: 'requests', limit: 10 })
    expect(requests.series).toMatchObject([
      { serviceName: 'sdk-client', attributes: { route: '/cart' }, resource: { 'service.name': 'sdk-client' } },
    ])
    expect(requests.series[0]?.points.at(-1)).toMatchObject({ value: 3 })
    const { series } = await readers.query('metricSeries', { name: 'latency', limit: 10 })
    expect(series[0]?.points.at(-1)).toMatchObject({ count: 3, sum: 321, min: 1, max: 300 })
    expect(series[0]?.points.at(-1)?.bucketCounts?.reduce((sum, count) => sum + count)).toBe(3)
    const payload = await readers.query('metricSeries', { name: 'payload', limit: 10 })
    expect(payload.series[0]?.points.at(-1)).toMatchObject({ count: 1, sum: 100, positive: { bucketCounts: [1] } })
    await expect(readers.query('metricSeries', { name: 'nothing', limit: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
