/** The load lab's own encoding of metrics, exemplars included, as an independent codec reads it. */

import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { expect, it } from 'vitest'
import { Exemplars } from '../../src/engine/loadlab/telemetry/exemplars.ts'
import { encodeMetrics } from '../../src/engine/loadlab/telemetry/metric-encode.ts'
import { decodeRequest, MetricsRequest } from '../support/oracle.ts'

class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve()
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve()
  }
}

it('writes gauges, sums and histograms with their exemplars', async () => {
  const reader = new Reader()
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'cart', 'process.pid': 7, ratio: 0.5, ok: true }),
    readers: [reader],
  })
  const meter = provider.getMeter('lab', '1.2.3')
  meter.createCounter('requests', { unit: '{request}', description: 'Requests' }).add(3, { route: '/a' })
  meter.createUpDownCounter('active').add(-2)
  meter.createGauge('load').record(0.25)
  const histogram = meter.createHistogram('time', { unit: 's', advice: { explicitBucketBoundaries: [0.1, 1] } })
  for (const value of [0.05, 0.5, 5]) histogram.record(value, { route: '/a' })
  const exemplars = new Exemplars()
  const example = {
    value: 5,
    unixMs: 1_700_000_000_000,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
  }
  exemplars.offer('time', { route: '/a' }, example)
  const { resourceMetrics } = await reader.collect()
  const { bytes, points } = encodeMetrics(resourceMetrics, exemplars)
  expect(points).toBe(4)
  const route = [{ key: 'route', value: { stringValue: '/a' } }]
  const decoded = decodeRequest(MetricsRequest, bytes)
  expect(decoded).toMatchObject({
    resourceMetrics: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'cart' } },
            { key: 'process.pid', value: { intValue: '7' } },
            { key: 'ratio', value: { doubleValue: 0.5 } },
            { key: 'ok', value: { boolValue: true } },
          ],
        },
        scopeMetrics: [
          {
            scope: { name: 'lab', version: '1.2.3' },
            metrics: [
              {
                name: 'requests',
                unit: '{request}',
                description: 'Requests',
                sum: { isMonotonic: true, dataPoints: [{ asDouble: 3, attributes: route }] },
              },
              { name: 'active', sum: { isMonotonic: false, dataPoints: [{ asDouble: -2 }] } },
              { name: 'load', gauge: { dataPoints: [{ asDouble: 0.25 }] } },
              {
                name: 'time',
                unit: 's',
                histogram: {
                  dataPoints: [
                    {
                      count: '3',
                      sum: 5.55,
                      min: 0.05,
                      max: 5,
                      bucketCounts: ['1', '1', '1'],
                      explicitBounds: [0.1, 1],
                      attributes: route,
                      exemplars: [
                        {
                          timeUnixNano: '1700000000000000000',
                          asDouble: 5,
                          traceId: example.traceId,
                          spanId: example.spanId,
                        },
                      ],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  })
  expect(exemplars.take('time', { route: '/a' })).toEqual([])
  await provider.shutdown()
})
