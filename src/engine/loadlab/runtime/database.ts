/** A relational database: so many queries at a time, locks that queue, and a pool of connections for each client. */

import { type Attributes, type Span, SpanKind, trace } from '@opentelemetry/api'
import type { ActiveFaults } from '../active-faults.ts'
import type { DatabasePlan, Step } from '../scenario.ts'
import { StepFailure } from './failure.ts'
import { edgeKey, type FlowMeter } from './flow-meter.ts'
import type { Scope } from './scope.ts'
import { Semaphore } from './semaphore.ts'
import { sleep } from './sleep.ts'

export type Query = Extract<Step, { do: 'query' }>

const ports: Readonly<Record<DatabasePlan['system'], number>> = {
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  mongodb: 27017,
}
/** How each system says that a statement took too long. */
const timeoutCodes: Readonly<Record<DatabasePlan['system'], string>> = {
  postgresql: '57014',
  mysql: '3024',
  mariadb: '1969',
  mongodb: '50',
}
/** A bad deployment misses an index: its queries read the whole table. */
const missingIndexFactor = 25
/** Waits that are worth a line in the log. */
const longWaitMs = 100

export class DatabaseModel {
  readonly plan: DatabasePlan
  readonly #meter: FlowMeter
  readonly #faults: ActiveFaults
  readonly #slots: Semaphore
  readonly #locks = new Map<string, Semaphore>()
  readonly #pools = new Map<string, Semaphore>()
  readonly #kept = new Set<() => void>()
  #isHolding = false

  constructor(plan: DatabasePlan, meter: FlowMeter, faults: ActiveFaults) {
    this.plan = plan
    this.#meter = meter
    this.#faults = faults
    this.#slots = new Semaphore(plan.capacity)
  }

  /** The pool of one client. */
  addPool(service: string, size: number): Semaphore {
    const pool = new Semaphore(size)
    this.#pools.set(service, pool)
    return pool
  }

  get pools(): ReadonlyMap<string, Semaphore> {
    return this.#pools
  }

  addLock(name: string): void {
    this.#locks.set(name, new Semaphore(1))
  }

  /** Connections that a fault kept are given back, so that nothing waits for them any longer. */
  releaseKept(): void {
    for (const release of [...this.#kept]) release()
  }

  /** Throws `StepFailure` with a span and a log line that tell why. */
  async query(scope: Scope, step: Query): Promise<void> {
    const { name, system, namespace } = this.plan
    const attributes: Attributes = {
      'db.system.name': system,
      'db.namespace': namespace,
      'db.operation.name': step.operation,
      'db.collection.name': step.collection,
      'db.query.text': step.text,
      'server.address': name,
      'server.port': ports[system],
    }
    const summary = `${step.operation} ${step.collection}`
    const began = performance.now()
    const span = scope.telemetry.startSpan(
      summary,
      SpanKind.CLIENT,
      { ...attributes, 'db.query.summary': summary },
      scope.context,
    )
    const inside = scope.below(trace.setSpan(scope.context, span))
    let failure: StepFailure | undefined
    try {
      await this.#run(inside, step, span)
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error
      failure = error
    }
    scope.telemetry.endSpan(span, failure && { type: errorType(failure), message: failure.message }, scope.marks.live)
    const ms = performance.now() - began
    const measured = {
      'db.system.name': system,
      'db.namespace': namespace,
      'db.operation.name': step.operation,
      'db.collection.name': step.collection,
      ...(failure && { 'error.type': errorType(failure) }),
    }
    scope.instruments.databaseOperation(ms, measured)
    this.#meter.record(name, ms, failure !== undefined)
    this.#meter.record(edgeKey(scope.service, name), ms, failure !== undefined)
    if (failure) throw failure
  }

  async #run(scope: Scope, step: Query, span: Span): Promise<void> {
    const { name, system, poolTimeoutMs, statementTimeoutMs } = this.plan
    const pool = this.#pools.get(scope.service)
    const asked = performance.now()
    if (pool && !(await pool.acquire(poolTimeoutMs))) {
      scope.noteEvidence('pool-exhausted', `${scope.service}:${name}`)
      scope.instruments.poolTimeouts.add(1, { 'db.client.connection.pool.name': name })
      const message = `no connection to ${name} in ${poolTimeoutMs} ms: ${pool.used} of ${pool.max} in use, ${pool.waiting} waiting`
      throw tell(scope, step, new StepFailure(500, 'PoolTimeoutError', message, true))
    }
    const waited = performance.now() - asked
    if (waited > longWaitMs)
      scope.telemetry.log('warn', `waited ${Math.round(waited)} ms for a connection to ${name}`, scope.context, {
        'db.client.connection.pool.name': name,
      })
    try {
      if (scope.hits('database-timeout', name)) {
        await sleep(statementTimeoutMs)
        scope.noteEvidence('database-timeout', name)
        span.setAttribute('db.response.status_code', timeoutCodes[system])
        const message = `query timeout: ${name} cancelled ${step.operation} ${step.collection} after ${statementTimeoutMs} ms`
        throw tell(scope, step, new StepFailure(500, 'QueryTimeoutError', message, true))
      }
      await this.#waitForLock(scope, step)
      await this.#slots.acquire()
      try {
        const factor = scope.canary ? missingIndexFactor : 1
        await sleep(scope.latency(step.latency ?? this.plan.latency) * factor)
      } finally {
        this.#slots.release()
      }
    } finally {
      if (pool) this.#giveBack(pool, scope)
    }
  }

  async #waitForLock(scope: Scope, step: Query): Promise<void> {
    if (step.lock === undefined) return
    const { name } = this.plan
    const held = scope.strength('slow-query', name)
    const began = performance.now()
    if (held !== undefined && scope.marks.only?.fault === 'slow-query') {
      await sleep(held * (0.5 + 0.5 * scope.random()))
    } else {
      if (held !== undefined) void this.#holdLocks()
      const lock = this.#locks.get(step.lock)
      await lock?.acquire()
      lock?.release()
    }
    const waited = performance.now() - began
    if (waited < longWaitMs) return
    scope.noteEvidence('slow-query', name)
    scope.telemetry.log(
      'warn',
      `slow query: ${step.operation} ${step.collection} waited ${Math.round(waited)} ms for a lock on ${step.lock}`,
      scope.context,
      { 'server.address': name, 'db.collection.name': step.collection },
    )
  }

  /** Another transaction takes all locks, again and again while the fault lasts, and lets others in only briefly. */
  async #holdLocks(): Promise<void> {
    if (this.#isHolding) return
    this.#isHolding = true
    const strength = (): number | undefined => this.#faults.strength('slow-query', this.plan.name)
    for (let held = strength(); held !== undefined; held = strength()) {
      const locks = [...this.#locks.values()]
      await Promise.all(locks.map((lock) => lock.acquire()))
      await sleep(held)
      for (const lock of locks) lock.release()
      await sleep(held * 0.2)
    }
    this.#isHolding = false
  }

  /** At once, unless the client forgets to. */
  #giveBack(pool: Semaphore, scope: Scope): void {
    const keptMs = scope.strength('pool-exhausted', `${scope.service}:${this.plan.name}`)
    if (keptMs === undefined) {
      pool.release()
      return
    }
    scope.noteEvidence('pool-exhausted', `${scope.service}:${this.plan.name}`)
    const release = (): void => {
      clearTimeout(timer)
      if (this.#kept.delete(release)) pool.release()
    }
    const timer = setTimeout(release, keptMs)
    this.#kept.add(release)
  }
}

/** Low cardinality, as the conventions ask. */
function errorType(failure: StepFailure): string {
  return failure.type === 'QueryTimeoutError' ? 'timeout' : failure.type
}

function tell(scope: Scope, step: Query, failure: StepFailure): StepFailure {
  scope.telemetry.log('error', failure.message, scope.context, {
    'exception.type': failure.type,
    'exception.message': failure.message,
    'exception.stacktrace': `${failure.type}: ${failure.message}\n    at ${step.operation} ${step.collection} (${scope.service})`,
  })
  return failure
}
