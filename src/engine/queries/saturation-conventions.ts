/**
 * The table of metrics that tell how full something is, by the names semantic conventions give and gave them.
 * Sections of https://opentelemetry.io/docs/specs/semconv/ stand beside each block.
 */

import type { SaturationKind } from '#shared/contract/saturation.ts'

export type ConventionKind = SaturationKind | 'requests' | 'connections'

/**
 * How a metric's values are read: `share` of 1 as they are, `amount` as it is, `rate` of a counter per second, or `time`: a
 * counter or histogram of durations, as seconds per second.
 */
export type Reading = 'share' | 'amount' | 'rate' | 'time'

export interface Convention {
  readonly kind: ConventionKind
  readonly metric: string
  readonly reading: Reading
  /** What is full, for people. */
  readonly title: string
  /** The same after the name of the resource, where `by` gives one; `title` in lower case when left out. */
  readonly named?: string
  /** Attributes that tell one resource of a service from the next; the first that is there names it. */
  readonly by?: readonly string[]
  /** Attributes that split a value into parts, of which only some are in use. */
  readonly parts?: Parts
  /** Metrics that tell the limit, the first one found; `parts` is the sum of all parts, used or not. */
  readonly limits?: readonly string[]
  /** A limit in the nature of the value. */
  readonly limit?: number
  /** Metrics that say the same better: where a service sends one of them, this is left out. */
  readonly unless?: readonly string[]
}

export interface Parts {
  readonly keys: readonly string[]
  /** Those that count; all but `idle` ones when left out. */
  readonly used?: readonly string[]
  readonly idle?: readonly string[]
}

/** Stands for the sum of all parts among `limits`. */
export const allParts = 'parts'

const cpuModes: Parts = { keys: ['cpu.mode', 'system.cpu.state', 'process.cpu.state', 'state', 'type'], idle: ['idle'] }
const coreCounts = ['jvm.cpu.count', 'dotnet.process.cpu.count', 'go.processor.limit', 'system.cpu.logical.count']
const containerCpuLimits = ['container.cpu.limit', 'k8s.container.cpu.limit', 'k8s.container.cpu_limit']

/** system/system-metrics, system/process-metrics, system/container-metrics, runtime/jvm-metrics, runtime/dotnet-metrics */
const cpu: readonly Convention[] = [
  { metric: 'process.cpu.utilization', reading: 'share', title: 'CPU of the process', parts: cpuModes },
  {
    metric: 'process.cpu.time',
    reading: 'time',
    title: 'CPU of the process',
    parts: cpuModes,
    limits: coreCounts,
    unless: ['process.cpu.utilization'],
  },
  { metric: 'system.cpu.utilization', reading: 'share', title: 'CPU of the host', parts: cpuModes },
  {
    metric: 'system.cpu.time',
    reading: 'time',
    title: 'CPU of the host',
    parts: cpuModes,
    limits: [allParts],
    unless: ['system.cpu.utilization'],
  },
  { metric: 'container.cpu.utilization', reading: 'share', title: 'CPU of the container' },
  { metric: 'container.cpu.usage', reading: 'amount', title: 'CPU of the container', limits: containerCpuLimits },
  { metric: 'container.cpu.time', reading: 'time', title: 'CPU of the container', limits: containerCpuLimits },
  { metric: 'k8s.pod.cpu_limit_utilization', reading: 'share', title: 'CPU of the pod' },
  { metric: 'jvm.cpu.recent_utilization', reading: 'share', title: 'CPU of the JVM' },
  { metric: 'process.runtime.jvm.cpu.utilization', reading: 'share', title: 'CPU of the JVM' },
  { metric: 'jvm.system.cpu.utilization', reading: 'share', title: 'CPU of the host' },
  { metric: 'process.runtime.jvm.system.cpu.utilization', reading: 'share', title: 'CPU of the host' },
  { metric: 'process.runtime.cpython.cpu.utilization', reading: 'share', title: 'CPU of Python', parts: cpuModes },
  {
    metric: 'dotnet.process.cpu.time',
    reading: 'time',
    title: 'CPU of the process',
    parts: cpuModes,
    limits: coreCounts,
  },
].map((entry) => ({ kind: 'cpu' as const, ...entry }) as Convention)

const usedMemory: Parts = { keys: ['system.memory.state', 'state'], used: ['used'] }
const containerMemoryLimits = [
  'container.memory.limit',
  'container.memory.usage.limit',
  'k8s.container.memory.limit',
  'k8s.container.memory_limit',
]

/** system/*, runtime/jvm-metrics, runtime/nodejs-metrics (v8js), runtime/go-metrics, runtime/dotnet-metrics */
const memory: readonly Convention[] = [
  {
    metric: 'process.memory.usage',
    reading: 'amount',
    title: 'Memory of the process',
    limits: ['process.memory.limit', ...containerMemoryLimits, 'system.memory.limit'],
  },
  { metric: 'system.memory.utilization', reading: 'share', title: 'Memory of the host', parts: usedMemory },
  {
    metric: 'system.memory.usage',
    reading: 'amount',
    title: 'Memory of the host',
    parts: usedMemory,
    limits: ['system.memory.limit', allParts],
    unless: ['system.memory.utilization'],
  },
  {
    metric: 'container.memory.usage',
    reading: 'amount',
    title: 'Memory of the container',
    limits: containerMemoryLimits,
  },
  {
    metric: 'container.memory.usage.total',
    reading: 'amount',
    title: 'Memory of the container',
    limits: containerMemoryLimits,
  },
  { metric: 'k8s.pod.memory_limit_utilization', reading: 'share', title: 'Memory of the pod' },
  {
    metric: 'jvm.memory.used',
    reading: 'amount',
    title: 'JVM memory',
    by: ['jvm.memory.pool.name'],
    limits: ['jvm.memory.limit'],
  },
  {
    metric: 'process.runtime.jvm.memory.usage',
    reading: 'amount',
    title: 'JVM memory',
    by: ['pool'],
    limits: ['process.runtime.jvm.memory.limit'],
  },
  {
    metric: 'v8js.memory.heap.used',
    reading: 'amount',
    title: 'V8 heap',
    limits: ['v8js.memory.heap.limit', 'v8js.memory.heap.space.size'],
  },
  {
    metric: 'nodejs.memory.heap.used',
    reading: 'amount',
    title: 'V8 heap',
    limits: ['nodejs.memory.heap.limit', 'nodejs.memory.heap.total'],
  },
  { metric: 'go.memory.used', reading: 'amount', title: 'Go memory', limits: ['go.memory.limit'] },
  {
    metric: 'process.runtime.go.mem.heap_alloc',
    reading: 'amount',
    title: 'Go heap',
    limits: ['process.runtime.go.mem.heap_sys'],
  },
  {
    metric: 'process.runtime.cpython.memory',
    reading: 'amount',
    title: 'Memory of Python',
    parts: { keys: ['type'], used: ['rss'] },
  },
  {
    metric: 'dotnet.process.memory.working_set',
    reading: 'amount',
    title: 'Memory of the process',
    limits: containerMemoryLimits,
  },
].map((entry) => ({ kind: 'memory' as const, ...entry }) as Convention)

const device = ['system.device', 'disk.device', 'device']

/** system/system-metrics, system/process-metrics, system/container-metrics */
const disk: readonly Convention[] = [
  { metric: 'system.disk.io', reading: 'rate', title: 'Disk I/O', by: device },
  { metric: 'system.disk.io_time', reading: 'time', title: 'Disk busy', by: device, limit: 1 },
  { metric: 'system.disk.operation_time', reading: 'time', title: 'Time in disk operations', by: device },
  { metric: 'process.disk.io', reading: 'rate', title: 'Disk I/O of the process' },
  { metric: 'container.disk.io', reading: 'rate', title: 'Disk I/O of the container', by: device },
].map((entry) => ({ kind: 'disk' as const, ...entry }) as Convention)

const mount = ['system.filesystem.mountpoint', 'mountpoint', ...device]
const usedSpace: Parts = { keys: ['system.filesystem.state', 'state'], used: ['used', 'reserved'] }

const filesystem: readonly Convention[] = [
  {
    metric: 'system.filesystem.utilization',
    reading: 'share',
    title: 'File system',
    by: mount,
    parts: { ...usedSpace, used: ['used', 'reserved', ''] },
  },
  {
    metric: 'system.filesystem.usage',
    reading: 'amount',
    title: 'File system',
    by: mount,
    parts: usedSpace,
    limits: ['system.filesystem.limit', allParts],
    unless: ['system.filesystem.utilization'],
  },
  {
    metric: 'container.filesystem.usage',
    reading: 'amount',
    title: 'File system of the container',
    limits: ['container.filesystem.capacity'],
  },
].map((entry) => ({ kind: 'filesystem' as const, ...entry }) as Convention)

const networkInterface = ['network.interface.name', 'system.device', 'device']

const network: readonly Convention[] = [
  { metric: 'system.network.io', reading: 'rate', title: 'Network I/O', by: networkInterface },
  { metric: 'system.network.errors', reading: 'rate', title: 'Network errors', by: networkInterface },
  { metric: 'system.network.packet.dropped', reading: 'rate', title: 'Packets dropped', by: networkInterface },
  { metric: 'system.network.dropped', reading: 'rate', title: 'Packets dropped', by: networkInterface },
  { metric: 'process.network.io', reading: 'rate', title: 'Network I/O of the process' },
  { metric: 'container.network.io', reading: 'rate', title: 'Network I/O of the container', by: networkInterface },
].map((entry) => ({ kind: 'network' as const, ...entry }) as Convention)

const poolName = ['db.client.connection.pool.name', 'pool.name', 'pool']
const usedConnections: Parts = { keys: ['db.client.connection.state', 'state'], used: ['used'] }
const activeConnections: Parts = { keys: ['http.connection.state', 'state'], used: ['active'] }

/** db/database-metrics, http/http-metrics; HikariCP and Tomcat as Micrometer and the Java agent name them */
const pools: readonly Convention[] = [
  {
    metric: 'db.client.connection.count',
    reading: 'amount',
    title: 'Pool',
    by: poolName,
    parts: usedConnections,
    limits: ['db.client.connection.max'],
  },
  {
    metric: 'db.client.connections.usage',
    reading: 'amount',
    title: 'Pool',
    by: poolName,
    parts: usedConnections,
    limits: ['db.client.connections.max'],
  },
  {
    metric: 'hikaricp.connections.active',
    reading: 'amount',
    title: 'Pool',
    by: poolName,
    limits: ['hikaricp.connections.max'],
  },
  {
    metric: 'http.client.open_connections',
    reading: 'amount',
    title: 'HTTP connections',
    by: ['server.address'],
    parts: activeConnections,
    limits: [allParts],
  },
  {
    metric: 'tomcat.threads.busy',
    reading: 'amount',
    title: 'Tomcat threads',
    by: ['name'],
    limits: ['tomcat.threads.config.max'],
  },
  {
    metric: 'executor.active',
    reading: 'amount',
    title: 'Executor',
    by: ['name'],
    limits: ['executor.pool.max'],
  },
].map((entry) => ({ kind: 'pool' as const, ...entry }) as Convention)

/** db/database-metrics, messaging, runtime/dotnet-metrics, otel/sdk-metrics */
const queues: readonly Convention[] = [
  {
    metric: 'db.client.connection.pending_requests',
    title: 'Waiting for a connection',
    named: 'pool: waiting for a connection',
    by: poolName,
  },
  {
    metric: 'db.client.connections.pending_requests',
    title: 'Waiting for a connection',
    named: 'pool: waiting for a connection',
    by: poolName,
  },
  { metric: 'dotnet.thread_pool.queue.length', title: 'Thread pool queue' },
  { metric: 'executor.queued', title: 'Executor queue', by: ['name'] },
  { metric: 'rabbitmq.message.current', title: 'Messages', by: ['rabbitmq.queue.name'] },
].map((entry) => ({ kind: 'queue' as const, reading: 'amount' as const, ...entry }) as Convention)

/** runtime/nodejs-metrics; with `event_loop` as it was first spelled */
const eventLoop: readonly Convention[] = ['nodejs.eventloop', 'nodejs.event_loop'].flatMap((prefix) =>
  [
    { metric: `${prefix}.utilization`, reading: 'share', title: 'Event loop' },
    { metric: `${prefix}.delay.p99`, reading: 'amount', title: 'Event loop delay, P99' },
    {
      metric: `${prefix}.delay.max`,
      reading: 'amount',
      title: 'Event loop delay, maximum',
      unless: [`${prefix}.delay.p99`],
    },
    {
      metric: `${prefix}.delay.mean`,
      reading: 'amount',
      title: 'Event loop delay, mean',
      unless: [`${prefix}.delay.p99`, `${prefix}.delay.max`],
    },
    {
      metric: `${prefix}.time`,
      reading: 'time',
      title: 'Event loop',
      parts: { keys: ['nodejs.eventloop.state', 'state'], used: ['active'] },
      limits: [allParts],
      unless: [`${prefix}.utilization`],
    },
  ].map((entry) => ({ kind: 'event_loop' as const, ...entry }) as Convention),
)

/** runtime/v8js-metrics, runtime/jvm-metrics, runtime/go-metrics, runtime/dotnet-metrics */
const gc: readonly Convention[] = [
  'v8js.gc.duration',
  'nodejs.gc.duration',
  'jvm.gc.duration',
  'process.runtime.jvm.gc.duration',
  'process.runtime.go.gc.pause_total_ns',
  'process.runtime.go.gc.pause_ns',
  'process.runtime.cpython.gc.duration',
  'dotnet.gc.pause.time',
  'process.runtime.dotnet.gc.duration',
].map((metric) => ({ kind: 'gc', metric, reading: 'time', title: 'Garbage collection', limit: 1 }) as const)

/** http/http-metrics, rpc/rpc-metrics, dotnet/dotnet-kestrel-metrics, db/database-metrics */
const active: readonly Convention[] = [
  { kind: 'requests', metric: 'http.server.active_requests', title: 'Active requests' },
  { kind: 'requests', metric: 'http.client.active_requests', title: 'Active outgoing requests' },
  { kind: 'requests', metric: 'rpc.server.active_requests', title: 'Active RPC requests' },
  { kind: 'requests', metric: 'rpc.server.requests_in_flight', title: 'Active RPC requests' },
  { kind: 'connections', metric: 'kestrel.active_connections', title: 'Active connections' },
  { kind: 'connections', metric: 'signalr.server.active_connections', title: 'Active connections' },
  {
    kind: 'connections',
    metric: 'db.client.connection.count',
    title: 'Connections in use',
    by: poolName,
    parts: usedConnections,
  },
  {
    kind: 'connections',
    metric: 'db.client.connections.usage',
    title: 'Connections in use',
    by: poolName,
    parts: usedConnections,
  },
  {
    kind: 'connections',
    metric: 'http.client.open_connections',
    title: 'HTTP connections in use',
    by: ['server.address'],
    parts: activeConnections,
  },
].map((entry) => ({ reading: 'amount' as const, ...entry }) as Convention)

export const conventions: readonly Convention[] = [
  ...cpu,
  ...memory,
  ...disk,
  ...filesystem,
  ...network,
  ...pools,
  ...queues,
  ...eventLoop,
  ...gc,
  ...active,
]
