/** What to instrument where nothing tells how full something is. */

import type { SaturationKind } from '#shared/contract/saturation.ts'

/** What to do about a kind that nothing was found for. */
export const advice: Readonly<Record<SaturationKind, { readonly how: string; readonly metrics: readonly string[] }>> = {
  cpu: {
    how: 'Add your language’s runtime metrics, or run a Collector with the hostmetrics receiver beside the service.',
    metrics: ['process.cpu.utilization', 'process.cpu.time', 'system.cpu.utilization', 'jvm.cpu.recent_utilization'],
  },
  memory: {
    how: 'Add your language’s runtime metrics, or run a Collector with the hostmetrics receiver beside the service.',
    metrics: ['process.memory.usage', 'jvm.memory.used', 'v8js.memory.heap.used', 'system.memory.utilization'],
  },
  disk: {
    how: 'Run a Collector with the hostmetrics receiver (disk scraper) on the machine of the service.',
    metrics: ['system.disk.io', 'system.disk.io_time'],
  },
  filesystem: {
    how: 'Run a Collector with the hostmetrics receiver (filesystem scraper) on the machine of the service.',
    metrics: ['system.filesystem.utilization', 'system.filesystem.usage'],
  },
  network: {
    how: 'Run a Collector with the hostmetrics receiver (network scraper) on the machine of the service.',
    metrics: ['system.network.io', 'system.network.errors'],
  },
  pool: {
    how: 'Turn on metrics in the instrumentation of your database client or connection pool.',
    metrics: ['db.client.connection.count', 'db.client.connection.max'],
  },
  queue: {
    how: 'Report the length of queues as a gauge or up-down counter, and their capacity beside it.',
    metrics: ['<name>.queue.size', '<name>.queue.capacity', 'db.client.connection.pending_requests'],
  },
  event_loop: {
    how: 'In Node.js, add @opentelemetry/instrumentation-runtime-node.',
    metrics: ['nodejs.eventloop.utilization', 'nodejs.eventloop.delay.p99'],
  },
  gc: {
    how: 'Add your language’s runtime metrics: those of Node.js, the JVM, Go and .NET tell their garbage collections.',
    metrics: ['v8js.gc.duration', 'jvm.gc.duration', 'dotnet.gc.pause.time'],
  },
}
