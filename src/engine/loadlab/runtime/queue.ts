/** A message queue: every subscriber gets every message, in order, and carries on its trace. */

import { type Attributes, SpanKind, trace } from '@opentelemetry/api'
import type { QueuePlan } from '../scenario.ts'
import { edgeKey, type FlowMeter } from './flow-meter.ts'
import { type Carrier, injectContext } from './propagation.ts'
import type { Scope } from './scope.ts'
import { sleep } from './sleep.ts'

export interface Message {
  readonly id: string
  readonly carrier: Carrier
  /** When it may be taken, as `performance.now()` counts. */
  readonly readyAt: number
}

export class Subscription {
  readonly service: string
  readonly #waiting: Message[] = []
  #wake: (() => void) | undefined

  constructor(service: string) {
    this.service = service
  }

  get size(): number {
    return this.#waiting.length
  }

  put(message: Message): void {
    this.#waiting.push(message)
    this.#wake?.()
  }

  /** Takes what is ready, up to `count`. */
  take(count: number): Message[] {
    const now = performance.now()
    const late = this.#waiting.findIndex(({ readyAt }) => readyAt > now)
    return this.#waiting.splice(0, Math.min(count, late < 0 ? this.#waiting.length : late))
  }

  /** Until something may be there, at most so long. */
  async change(ms: number): Promise<void> {
    const [first] = this.#waiting
    const untilReady = first ? Math.max(0, first.readyAt - performance.now()) : ms
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = setTimeout(resolve, Math.min(ms, untilReady) + 0.5)
    })
    clearTimeout(timer)
    this.#wake = undefined
  }
}

export class QueueModel {
  readonly plan: QueuePlan
  readonly #meter: FlowMeter
  readonly #subscriptions: Subscription[] = []
  #count = 0

  constructor(plan: QueuePlan, meter: FlowMeter) {
    this.plan = plan
    this.#meter = meter
  }

  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions
  }

  subscribe(service: string): Subscription {
    const subscription = new Subscription(service)
    this.#subscriptions.push(subscription)
    return subscription
  }

  async publish(scope: Scope): Promise<void> {
    const { name, latency, delivery } = this.plan
    const id = `${name}-${++this.#count}`
    const began = performance.now()
    const span = scope.telemetry.startSpan(
      `send ${name}`,
      SpanKind.PRODUCER,
      { ...this.attributes('send'), 'messaging.message.id': id },
      scope.context,
    )
    const isLost = scope.hitsNow('lost-trace-context', scope.service)
    const context = trace.setSpan(scope.context, span)
    const carrier = isLost ? {} : injectContext(context, scope.marks.baggage)
    if (isLost) scope.below(context).noteEvidence('lost-trace-context', scope.service)
    await sleep(scope.latency(latency))
    const readyAt = performance.now() + scope.latency(delivery)
    for (const subscription of this.#subscriptions) subscription.put({ id, carrier, readyAt })
    scope.telemetry.endSpan(span, undefined, scope.marks.live)
    const ms = performance.now() - began
    this.#meter.record(name, ms, false)
    this.#meter.record(edgeKey(scope.service, name), ms, false)
  }

  attributes(operation: 'send' | 'process'): Attributes {
    return {
      'messaging.system': this.plan.system,
      'messaging.destination.name': this.plan.name,
      'messaging.operation.name': operation,
      'messaging.operation.type': operation,
      'server.address': this.plan.name,
    }
  }
}
