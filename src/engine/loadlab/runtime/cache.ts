/** A cache: lookups that hit or miss, and a client's span for each. */

import { type Attributes, SpanKind, trace } from '@opentelemetry/api'
import type { CachePlan, Step } from '../scenario.ts'
import { edgeKey, type FlowMeter } from './flow-meter.ts'
import type { Scope } from './scope.ts'
import { sleep } from './sleep.ts'

export class CacheModel {
  readonly plan: CachePlan
  readonly #meter: FlowMeter

  constructor(plan: CachePlan, meter: FlowMeter) {
    this.plan = plan
    this.#meter = meter
  }

  /** Share of lookups that hit; null without lookups. */
  get hitRatio(): number | null {
    const { rate, errorRatio } = this.#meter.flow(`${this.plan.name} lookups`)
    return rate === 0 ? null : 1 - errorRatio
  }

  /** True on a hit. A cache that is down is a miss: its error is in the span and the log, and the request goes on. */
  async lookup(scope: Scope, step: Extract<Step, { do: 'lookup' }>): Promise<boolean> {
    const isUp = await this.#command(scope, 'GET', step.key, (span) => {
      const hit = scope.random() < (step.hitShare ?? this.plan.hitShare)
      span['shop.cache.hit'] = hit
      return hit
    })
    this.#meter.record(`${this.plan.name} lookups`, 0, !isUp)
    return isUp
  }

  async store(scope: Scope, key: string): Promise<void> {
    await this.#command(scope, 'SET', key, () => true)
  }

  async #command(
    scope: Scope,
    operation: string,
    key: string,
    answer: (attributes: Record<string, boolean>) => boolean,
  ): Promise<boolean> {
    const { name, system, latency } = this.plan
    const attributes: Attributes = {
      'db.system.name': system,
      'db.operation.name': operation,
      'db.query.text': `${operation} ${key}:?`,
      'server.address': name,
      'server.port': system === 'memcached' ? 11211 : 6379,
    }
    const began = performance.now()
    const span = scope.telemetry.startSpan(operation, SpanKind.CLIENT, attributes, scope.context)
    const isDown = scope.strength('cache-down', name) !== undefined
    await sleep(scope.latency(latency))
    const found: Record<string, boolean> = {}
    const result = isDown ? false : answer(found)
    span.setAttributes(found)
    const failure = { type: 'ECONNREFUSED', message: `connect ECONNREFUSED ${name}` }
    if (isDown) {
      const inside = scope.below(trace.setSpan(scope.context, span))
      inside.noteEvidence('cache-down', name)
      scope.telemetry.log('warn', `cache unavailable, reading from the database: ${failure.message}`, inside.context, {
        'exception.type': 'ConnectionRefusedError',
        'exception.message': failure.message,
        'server.address': name,
      })
    }
    scope.telemetry.endSpan(span, isDown ? failure : undefined, scope.marks.live)
    const ms = performance.now() - began
    this.#meter.record(name, ms, isDown)
    this.#meter.record(edgeKey(scope.service, name), ms, isDown)
    scope.instruments.databaseOperation(ms, {
      'db.system.name': system,
      'db.operation.name': operation,
      ...(isDown && { 'error.type': failure.type }),
    })
    return result
  }
}
