/** What a service reports about itself without being asked: CPU, memory, event loop, pools, queues. */

import type { ServiceTelemetry } from '../telemetry/service-telemetry.ts'
import type { Cpu } from './cpu.ts'
import type { Memory } from './memory.ts'
import type { Subscription } from './queue.ts'
import type { Semaphore } from './semaphore.ts'

export interface Observed {
  readonly cpu: Cpu
  readonly memory: Memory
  readonly pools: ReadonlyMap<string, Semaphore>
  readonly subscriptions: ReadonlyMap<string, Subscription>
  /** The last figures of the CPU, for the picture of the lab. */
  onCpu(utilization: number): void
}

/** Attributes in the words of the semantic conventions. The figures are those of the model, not of this process. */
export function observeService(telemetry: ServiceTelemetry, observed: Observed): void {
  const { meter } = telemetry
  const { cpu, memory, pools, subscriptions } = observed
  const utilization = meter.createObservableGauge('process.cpu.utilization', {
    unit: '1',
    description: 'Share of the CPU of this service that is in use',
  })
  const loopDelay = meter.createObservableGauge('nodejs.eventloop.delay.mean', {
    unit: 's',
    description: 'How late the event loop is, on average',
  })
  const loopUse = meter.createObservableGauge('nodejs.eventloop.utilization', {
    unit: '1',
    description: 'Share of the time that the event loop is busy',
  })
  meter.addBatchObservableCallback(
    (result) => {
      const taken = cpu.take()
      observed.onCpu(taken.utilization)
      result.observe(utilization, taken.utilization)
      result.observe(loopDelay, (0.2 + taken.waitMs) / 1000)
      result.observe(loopUse, Math.min(1, taken.utilization * 1.05))
    },
    [utilization, loopDelay, loopUse],
  )
  meter
    .createObservableUpDownCounter('process.memory.usage', { unit: 'By', description: 'Memory in use' })
    .addCallback((result) => result.observe(memory.usedBytes))
  meter
    .createObservableUpDownCounter('process.memory.limit', { unit: 'By', description: 'Memory there is' })
    .addCallback((result) => result.observe(memory.limitBytes))
  meter
    .createObservableUpDownCounter('v8js.memory.heap.used', { unit: 'By', description: 'Heap in use' })
    .addCallback((result) =>
      result.observe(Math.round(memory.usedBytes * 0.8), { 'v8js.heap.space.name': 'old_space' }),
    )
  if (pools.size > 0) {
    const count = meter.createObservableUpDownCounter('db.client.connection.count', {
      unit: '{connection}',
      description: 'Connections of the pool, by state',
    })
    const max = meter.createObservableUpDownCounter('db.client.connection.max', {
      unit: '{connection}',
      description: 'Connections there can be',
    })
    const pending = meter.createObservableUpDownCounter('db.client.connection.pending_requests', {
      unit: '{request}',
      description: 'Requests that wait for a connection',
    })
    meter.addBatchObservableCallback(
      (result) => {
        for (const [name, pool] of pools) {
          const attributes = { 'db.client.connection.pool.name': name }
          result.observe(count, pool.used, { ...attributes, 'db.client.connection.state': 'used' })
          result.observe(count, pool.max - pool.used, { ...attributes, 'db.client.connection.state': 'idle' })
          result.observe(max, pool.max, attributes)
          result.observe(pending, pool.waiting, attributes)
        }
      },
      [count, max, pending],
    )
  }
  if (subscriptions.size > 0)
    meter
      .createObservableUpDownCounter('shop.queue.size', { unit: '{message}', description: 'Messages that wait' })
      .addCallback((result) => {
        for (const [name, subscription] of subscriptions)
          result.observe(subscription.size, {
            'messaging.destination.name': name,
            'messaging.consumer.group.name': subscription.service,
          })
      })
}
