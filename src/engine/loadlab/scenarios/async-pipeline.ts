/** The asynchronous pipeline: producers, two queues, and consumers that take messages in batches with links. */

import type { ScenarioInput } from '../scenario.ts'

export const asyncPipeline: ScenarioInput = {
  name: 'async-pipeline',
  title: 'Async pipeline',
  description: 'Measurements go through two queues: a batch is a trace of its own that links to each message in it.',
  services: [
    {
      name: 'collector',
      version: '1.3.0',
      endpoints: [
        {
          method: 'POST',
          path: '/measurements',
          status: 202,
          reply: { accepted: true },
          steps: [
            { do: 'work', name: 'validate', latency: { p50Ms: 2, p99Ms: 7 } },
            { do: 'publish', queue: 'raw-events' },
          ],
        },
        {
          method: 'GET',
          path: '/reports/{id}',
          steps: [{ do: 'call', service: 'reports', method: 'GET', path: '/reports/{id}' }],
        },
      ],
    },
    {
      name: 'enricher',
      version: '2.0.1',
      consumers: [
        {
          queue: 'raw-events',
          concurrency: 12,
          steps: [
            {
              do: 'lookup',
              cache: 'device-cache',
              key: 'device',
              miss: [
                {
                  do: 'query',
                  database: 'warehouse',
                  operation: 'SELECT',
                  collection: 'devices',
                  text: 'SELECT site, unit FROM devices WHERE id = $1',
                },
                { do: 'store', cache: 'device-cache', key: 'device' },
              ],
            },
            { do: 'work', name: 'convert units', latency: { p50Ms: 6, p99Ms: 20 } },
            { do: 'publish', queue: 'enriched-events' },
          ],
        },
      ],
    },
    {
      name: 'loader',
      version: '1.9.2',
      pools: { warehouse: 4 },
      consumers: [
        {
          queue: 'enriched-events',
          concurrency: 2,
          batch: 20,
          batchWaitMs: 1000,
          steps: [
            {
              do: 'query',
              database: 'warehouse',
              operation: 'INSERT',
              collection: 'measurements',
              text: 'INSERT INTO measurements (device_id, at, value) SELECT * FROM unnest($1, $2, $3)',
              latency: { p50Ms: 25, p99Ms: 90 },
            },
            { do: 'log', severity: 'info', text: 'batch stored' },
          ],
        },
      ],
    },
    {
      name: 'alerter',
      version: '1.0.0',
      consumers: [
        {
          queue: 'enriched-events',
          concurrency: 6,
          steps: [
            { do: 'work', name: 'compare with thresholds', latency: { p50Ms: 3, p99Ms: 10 } },
            { do: 'sometimes', share: 0.02, steps: [{ do: 'log', severity: 'warn', text: 'threshold exceeded' }] },
          ],
        },
      ],
    },
    {
      name: 'reports',
      version: '1.2.6',
      endpoints: [
        {
          method: 'GET',
          path: '/reports/{id}',
          reply: { rows: [[1, 2, 3]] },
          steps: [
            {
              do: 'query',
              database: 'warehouse',
              operation: 'SELECT',
              collection: 'measurements',
              text: 'SELECT date_trunc($1, at), avg(value) FROM measurements WHERE device_id = $2 GROUP BY 1',
              latency: { p50Ms: 35, p99Ms: 160 },
            },
            { do: 'work', name: 'format report', latency: { p50Ms: 4, p99Ms: 12 } },
          ],
        },
      ],
    },
  ],
  databases: [{ name: 'warehouse', namespace: 'warehouse', latency: { p50Ms: 5, p99Ms: 25 } }],
  caches: [{ name: 'device-cache', latency: { p50Ms: 0.6, p99Ms: 2 }, hitShare: 0.9 }],
  queues: [
    { name: 'raw-events', system: 'kafka', latency: { p50Ms: 2, p99Ms: 8 }, delivery: { p50Ms: 8, p99Ms: 40 } },
    { name: 'enriched-events', system: 'kafka', latency: { p50Ms: 2, p99Ms: 8 }, delivery: { p50Ms: 8, p99Ms: 40 } },
  ],
  journeys: [
    {
      name: 'measure',
      title: 'Send a measurement',
      weight: 90,
      requests: [{ method: 'POST', path: '/measurements' }],
    },
    { name: 'report', title: 'Read a report', weight: 10, requests: [{ method: 'GET', path: '/reports/{id}' }] },
  ],
  showcase: 'measure',
}
