/** The workers of a service that take messages: one by one in the trace of the message, or in batches with links. */

import { type Context, type Link, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api'
import { randomOf } from '../random.ts'
import type { Consumer, ServicePlan } from '../scenario.ts'
import type { ServiceTelemetry } from '../telemetry/service-telemetry.ts'
import { StepFailure } from './failure.ts'
import { edgeKey } from './flow-meter.ts'
import type { Instruments } from './instruments.ts'
import { extractContext } from './propagation.ts'
import type { Message, QueueModel, Subscription } from './queue.ts'
import { type RequestMarks, readMarks } from './request-marks.ts'
import { Scope } from './scope.ts'
import { sleep } from './sleep.ts'
import { runSteps, type StepTools } from './steps.ts'
import type { World } from './world.ts'

const idleMs = 500

export interface ConsumerSources {
  /** The instance that works now. */
  open(): { readonly telemetry: ServiceTelemetry; readonly instruments: Instruments }
  readonly tools: StepTools
}

export class Consumers {
  readonly #plan: ServicePlan
  readonly #world: World
  readonly #subscriptions: ReadonlyMap<string, Subscription>
  readonly #sources: ConsumerSources
  #isStopped = false
  #busy = 0

  constructor(
    plan: ServicePlan,
    world: World,
    subscriptions: ReadonlyMap<string, Subscription>,
    sources: ConsumerSources,
  ) {
    this.#plan = plan
    this.#world = world
    this.#subscriptions = subscriptions
    this.#sources = sources
  }

  start(): void {
    for (const consumer of this.#plan.consumers) {
      const queue = this.#world.queues.get(consumer.queue)
      const subscription = this.#subscriptions.get(consumer.queue)
      if (queue && subscription) void this.#dispatch(consumer, queue, subscription)
    }
  }

  get isIdle(): boolean {
    return this.#busy === 0 && [...this.#subscriptions.values()].every(({ size }) => size === 0)
  }

  async drain(deadline: AbortSignal): Promise<void> {
    while (!this.isIdle && !deadline.aborted) await sleep(20)
  }

  stop(): void {
    this.#isStopped = true
  }

  /** Hands messages to workers as they become free. */
  async #dispatch(consumer: Consumer, queue: QueueModel, subscription: Subscription): Promise<void> {
    let working = 0
    let firstSeen: number | undefined
    while (!this.#isStopped) {
      const isBatch = consumer.batch > 1
      const due = firstSeen !== undefined && performance.now() - firstSeen >= consumer.batchWaitMs
      const enough = !isBatch || subscription.size >= consumer.batch || due
      const slow = this.#world.faults.strength('queue-backlog', `${consumer.queue}:${this.#plan.name}`) !== undefined
      const messages = working < (slow ? 1 : consumer.concurrency) && enough ? subscription.take(consumer.batch) : []
      if (messages.length > 0) {
        firstSeen = undefined
        working++
        this.#busy++
        const work = this.#handle(consumer, queue, messages).finally(() => {
          working--
          this.#busy--
        })
        this.#world.pending.track(work)
        continue
      }
      if (isBatch && subscription.size > 0) firstSeen ??= performance.now()
      await subscription.change(working > 0 || isBatch ? 10 : idleMs)
    }
  }

  /** Never rejects. */
  async #handle(consumer: Consumer, queue: QueueModel, messages: readonly Message[]): Promise<void> {
    const { name } = this.#plan
    const { faults, scenario, seed, meter } = this.#world
    const { telemetry, instruments } = this.#sources.open()
    const [first] = messages
    const isBatch = consumer.batch > 1
    const parent = isBatch || !first ? ROOT_CONTEXT : extractContext(first.carrier)
    const began = performance.now()
    const span = telemetry.startSpan(
      `process ${queue.plan.name}`,
      SpanKind.CONSUMER,
      {
        ...queue.attributes('process'),
        'messaging.consumer.group.name': name,
        ...(isBatch
          ? { 'messaging.batch.message_count': messages.length }
          : first && { 'messaging.message.id': first.id }),
      },
      parent,
      isBatch ? { links: linksOf(messages) } : {},
    )
    const context = trace.setSpan(parent, span)
    const marks = isBatch ? batchMarks(messages) : readMarks(first?.carrier.baggage, scenario)
    const random = randomOf(seed, `${marks.request ?? first?.id ?? ''}/${name}/${queue.plan.name}`)
    const scope = new Scope({ service: name, telemetry, instruments, context, random, marks, faults, canary: false })
    const failure = await this.#run(consumer, queue, scope, span, context)
    const ms = performance.now() - began
    telemetry.endSpan(span, failure && { type: failure.type, message: failure.message }, marks.live)
    instruments.processed(ms, {
      ...queue.attributes('process'),
      'messaging.consumer.group.name': name,
      ...(failure && { 'error.type': failure.type }),
    })
    meter.record(name, ms, failure !== undefined)
    meter.record(edgeKey(queue.plan.name, name), ms, failure !== undefined)
  }

  async #run(
    consumer: Consumer,
    queue: QueueModel,
    scope: Scope,
    span: Span,
    context: Context,
  ): Promise<StepFailure | undefined> {
    const { name } = this.#plan
    const place = `${queue.plan.name}:${name}`
    const began = performance.now()
    let failure: StepFailure | undefined
    if (scope.strength('cpu-burn', name) !== undefined) scope.noteEvidence('cpu-burn', name)
    if (scope.strength('clock-skew', name) !== undefined) scope.noteEvidence('clock-skew', name)
    const noise = scope.strength('noisy-logs', name) ?? 0
    for (let line = 1; line <= noise; line++)
      scope.telemetry.log('debug', `poll ${line} of ${noise}: nothing new`, context)
    try {
      await runSteps(consumer.steps, scope, this.#sources.tools)
      const slowness = scope.strength('queue-backlog', place)
      if (slowness !== undefined) {
        scope.noteEvidence('queue-backlog', place)
        await sleep((performance.now() - began) * (slowness - 1))
      }
    } catch (error) {
      failure = error instanceof StepFailure ? error : new StepFailure(500, 'InternalError', String(error))
      span.setAttribute('error.type', failure.type)
    }
    const what = `processed ${queue.plan.name} in ${Math.round(performance.now() - began)} ms`
    scope.telemetry.log(failure ? 'error' : 'info', failure ? `${what}: ${failure.message}` : what, context, {
      'messaging.destination.name': queue.plan.name,
    })
    return failure
  }
}

/** One link for each message that carries a trace. */
function linksOf(messages: readonly Message[]): Link[] {
  return messages.flatMap(({ id, carrier }) => {
    const context = trace.getSpanContext(extractContext(carrier))
    return context ? [{ context, attributes: { 'messaging.message.id': id } }] : []
  })
}

/** A batch is no request of anybody: only that somebody watches is worth knowing. */
function batchMarks(messages: readonly Message[]): RequestMarks {
  const live = messages.some(({ carrier }) => carrier.baggage?.includes('lab.live=1'))
  return { request: undefined, slowdown: 1, live, only: undefined, baggage: undefined }
}
