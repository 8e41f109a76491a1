/** A run of the lab: a scenario's services, the load on them, the faults in them, and all of it stopped in order. */

import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { LabProfile } from '#shared/contract/loadlab-catalog.ts'
import { ActiveFaults } from './active-faults.ts'
import { FaultDesk } from './fault-desk.ts'
import { type Answered, Generator, type OutgoingRequest } from './generator.ts'
import type { PlacedFault } from './place-fault.ts'
import { pickWeighted, randomOf, wholeBetween } from './random.ts'
import { fillPath } from './routes.ts'
import { CacheModel } from './runtime/cache.ts'
import { closeConnections } from './runtime/call.ts'
import { DatabaseModel } from './runtime/database.ts'
import { edgeKey, FlowMeter } from './runtime/flow-meter.ts'
import { QueueModel } from './runtime/queue.ts'
import { marksHeader } from './runtime/request-marks.ts'
import { LabService } from './runtime/service.ts'
import { sleep } from './runtime/sleep.ts'
import { Pending, type World } from './runtime/world.ts'
import type { JourneyPlan, Scenario, Step } from './scenario.ts'
import { type Target, TargetClient } from './target.ts'
import { unixMs, unixNanoOf } from './telemetry/clock.ts'
import { Delivery } from './telemetry/delivery.ts'
import type { LabEndpoint } from './telemetry/endpoint.ts'
import { ServiceTelemetry } from './telemetry/service-telemetry.ts'
import { loadNode, showcaseJourney } from './topology.ts'

/** How long a stop may take. */
export interface StopLimits {
  /** Requests that are under way may end, so that every trace is complete. */
  readonly drainMs: number
  /** What is left is sent, unless the receiver doesn't take it. */
  readonly flushMs: number
}

const unhurried: StopLimits = { drainMs: 6000, flushMs: 6000 }

export interface LabOptions {
  readonly scenario: Scenario
  readonly endpoint: LabEndpoint
  readonly rate: number
  readonly profile: LabProfile
  readonly weights: Readonly<Record<string, number>>
  readonly seed: number
  readonly paused: boolean
  readonly target: Target | undefined
  readonly version: string
}

export interface TrafficChange {
  readonly rate?: number | undefined
  readonly profile?: LabProfile | undefined
  readonly paused?: boolean | undefined
  readonly journeys?: Readonly<Record<string, number>> | undefined
}

export class Lab {
  readonly id = randomUUID()
  readonly options: LabOptions
  readonly startedUnixNano: bigint
  readonly world: World
  readonly services: readonly LabService[]
  readonly generator: Generator
  readonly faults: FaultDesk
  readonly #own: ServiceTelemetry
  readonly #target: TargetClient | undefined
  #journeys: readonly JourneyPlan[]
  #stopping: Promise<void> | undefined

  /** Throws when a port can't be had; nothing is left running then. */
  static async start(options: LabOptions): Promise<Lab> {
    const lab = new Lab(options)
    try {
      await Promise.all(lab.services.map((service) => service.start()))
    } catch (error) {
      await lab.stop()
      const reason = error instanceof Error ? error.message : String(error)
      throw new SpanlightError('PORT_TAKEN', `The load lab could not open its ports on loopback: ${reason}`)
    }
    lab.generator.start()
    return lab
  }

  private constructor(options: LabOptions) {
    this.options = options
    const { scenario, seed, endpoint, target, version } = options
    this.startedUnixNano = unixNanoOf(unixMs())
    const faults = new ActiveFaults(seed)
    const meter = new FlowMeter()
    const delivery = new Delivery()
    this.world = {
      scenario,
      seed,
      faults,
      meter,
      delivery,
      endpoint,
      databases: new Map(scenario.databases.map((plan) => [plan.name, new DatabaseModel(plan, meter, faults)])),
      caches: new Map(scenario.caches.map((plan) => [plan.name, new CacheModel(plan, meter)])),
      queues: new Map(scenario.queues.map((plan) => [plan.name, new QueueModel(plan, meter)])),
      urls: new Map(),
      pending: new Pending(),
    }
    for (const { database, lock } of locksOf(scenario)) this.world.databases.get(database)?.addLock(lock)
    this.#own = new ServiceTelemetry(
      { name: 'load-lab', version, namespace: scenario.name, host: 'load-lab' },
      { endpoint, delivery, skewMs: () => 0, loses: () => false },
    )
    this.services = target ? [] : scenario.services.map((plan) => new LabService(plan, this.world))
    this.faults = new FaultDesk({
      scenario,
      active: faults,
      onEnd: ({ fault, where }) => {
        if (fault === 'pool-exhausted') this.world.databases.get(where.split(':')[1] ?? '')?.releaseKept()
      },
      telemetry: (where) => this.#telemetryAt(where),
    })
    this.#journeys = weighted(scenario.journeys, options.weights)
    this.#target = target && new TargetClient(target, this.#own)
    this.generator = new Generator(
      { rate: options.rate, profile: options.profile, paused: options.paused },
      { seed, next: (number) => this.#nextRequest(number) },
    )
  }

  get journeys(): readonly JourneyPlan[] {
    return this.#journeys
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined
  }

  /** What is left out stays. The profile begins anew when rate or profile change. */
  setTraffic({ journeys, rate, profile, paused }: TrafficChange): void {
    if (journeys) this.#journeys = weighted(this.#journeys, journeys)
    const before = this.generator.traffic
    const after = { rate: rate ?? before.rate, profile: profile ?? before.profile, paused: paused ?? before.paused }
    if (!isDeepStrictEqual(before, after)) this.generator.change(after)
  }

  /** One request at once; its trace has the id that is answered. Nobody waits for its end. */
  sendOne(asked: {
    readonly fault: string | undefined
    readonly journey: string | undefined
    readonly slowdown: number
  }): {
    readonly traceId: string
  } {
    const { scenario } = this.options
    if (this.#target) throw new SpanlightError('BAD_INPUT', 'One request goes through a shop, and none is running.')
    const name = asked.journey ?? showcaseJourney(scenario)
    const journey = this.#journeys.find((each) => each.name === name)
    if (!journey) throw new SpanlightError('NOT_FOUND', `There is no journey "${name}".`)
    const only = asked.fault === undefined ? undefined : this.faults.forOneRequest(asked.fault)
    const traceId = randomBytes(16).toString('hex')
    const began = unixMs()
    const request = this.#journeyRequest(journey, `one-${traceId}`, { ...asked, only, traceId })
    void this.generator.send(request).then((answered) => {
      this.#measured(answered)
      if (only) this.faults.noteOneRequest(only, began)
    })
    this.generator.requests++
    return { traceId }
  }

  /** Ends what is under way, sends the telemetry, frees the ports. Never rejects. */
  stop(limits: StopLimits = unhurried): Promise<void> {
    this.#stopping ??= this.#stop(limits)
    return this.#stopping
  }

  async #stop({ drainMs, flushMs }: StopLimits): Promise<void> {
    this.generator.stop()
    this.faults.close()
    for (const database of this.world.databases.values()) database.releaseKept()
    const deadline = AbortSignal.timeout(drainMs)
    const isBusy = (): boolean => this.generator.inFlight > 0 || this.world.pending.count > 0
    while (isBusy() && !deadline.aborted) await sleep(10)
    await Promise.all(this.services.map((service) => service.drain(deadline)))
    // Messages may have caused more of them.
    while (isBusy() && !deadline.aborted) await sleep(10)
    this.generator.close()
    const flushed = Promise.all([...this.services.map((service) => service.close()), this.#own.close()])
    const late = new AbortController()
    await Promise.race([flushed, delay(flushMs, undefined, { signal: late.signal }).catch(() => undefined)])
    late.abort()
    this.world.delivery.settle()
    closeConnections()
  }

  #nextRequest(number: number): { readonly request: OutgoingRequest; done(answered: Answered): void } {
    if (this.#target) {
      const { request, done } = this.#target.next()
      return {
        request,
        done: (answered) => {
          done(answered)
          this.#measured(answered)
        },
      }
    }
    const random = randomOf(this.options.seed, `journey ${number}`)
    const journey = pickWeighted(random, this.#journeys) ?? this.#journeys[0]
    if (!journey) throw new Error('a scenario has journeys')
    return {
      request: this.#journeyRequest(journey, String(number), { slowdown: 1 }),
      done: (answered) => this.#measured(answered),
    }
  }

  #journeyRequest(
    journey: JourneyPlan,
    number: string,
    special: { readonly slowdown: number; readonly only?: PlacedFault | undefined; readonly traceId?: string },
  ): OutgoingRequest {
    const { scenario, seed } = this.options
    const random = randomOf(seed, `request ${number}`)
    const request = pickWeighted(random, journey.requests) ?? journey.requests[0]
    const entry = scenario.services[0]?.name ?? ''
    const path = fillPath(request?.path ?? '/', () => wholeBetween(random, 1, 9999))
    return {
      url: `${this.world.urls.get(entry) ?? ''}${path}`,
      method: request?.method ?? 'GET',
      headers: {
        'user-agent': `load-lab/${this.options.version}`,
        baggage: marksHeader({
          request: number,
          slowdown: special.slowdown,
          live: special.traceId !== undefined,
          only: special.only,
        }),
        ...(special.traceId && { 'x-lab-trace-id': special.traceId }),
      },
      body: '',
    }
  }

  #measured({ ms, status }: Answered): void {
    const isError = status === undefined || status >= 400
    const entry = this.#target ? 'target' : (this.options.scenario.services[0]?.name ?? '')
    this.world.meter.record(loadNode, ms, isError)
    this.world.meter.record(edgeKey(loadNode, entry), ms, isError)
  }

  /** The service at a place, or the lab itself for what is no service. */
  #telemetryAt(where: string): ServiceTelemetry {
    const names = where.split(':')
    return this.services.find(({ plan }) => names.includes(plan.name))?.telemetry ?? this.#own
  }
}

function weighted(journeys: readonly JourneyPlan[], weights: Readonly<Record<string, number>>): readonly JourneyPlan[] {
  const unknown = Object.keys(weights).find((name) => !journeys.some((journey) => journey.name === name))
  if (unknown !== undefined)
    throw new SpanlightError(
      'BAD_INPUT',
      `There is no journey "${unknown}". There are: ${journeys.map(({ name }) => name).join(', ')}.`,
    )
  const result = journeys.map((journey) => ({ ...journey, weight: weights[journey.name] ?? journey.weight }))
  if (result.every(({ weight }) => weight === 0))
    throw new SpanlightError('BAD_INPUT', 'At least one journey needs a weight above 0.')
  return result
}

function locksOf(scenario: Scenario): { readonly database: string; readonly lock: string }[] {
  const walk = (steps: readonly Step[]): { database: string; lock: string }[] =>
    steps.flatMap((step) => {
      if (step.do === 'query') return step.lock === undefined ? [] : [{ database: step.database, lock: step.lock }]
      if (step.do === 'lookup') return walk(step.miss)
      if (step.do === 'parallel' || step.do === 'repeat' || step.do === 'sometimes') return walk(step.steps)
      return []
    })
  return scenario.services.flatMap(({ endpoints, consumers }) =>
    [...endpoints, ...consumers].flatMap(({ steps }) => walk(steps)),
  )
}
