/** Does what an endpoint or consumer does, step by step. */

import { SpanKind, trace } from '@opentelemetry/api'
import { wholeBetween } from '../random.ts'
import type { Step } from '../scenario.ts'
import { callService } from './call.ts'
import type { Cpu } from './cpu.ts'
import { StepFailure } from './failure.ts'
import type { Scope } from './scope.ts'
import type { World } from './world.ts'

export interface StepTools {
  readonly world: World
  readonly cpu: Cpu
}

/** Throws `StepFailure` at the first step that fails. */
export async function runSteps(steps: readonly Step[], scope: Scope, tools: StepTools): Promise<void> {
  for (const step of steps) await runStep(step, scope, tools)
}

async function runStep(step: Step, scope: Scope, tools: StepTools): Promise<void> {
  const { world, cpu } = tools
  switch (step.do) {
    case 'work': {
      const ms = scope.latency(step.latency)
      if (step.name === undefined) return cpu.run(ms)
      const span = scope.telemetry.startSpan(step.name, SpanKind.INTERNAL, {}, scope.context)
      await cpu.run(ms)
      scope.telemetry.endSpan(span, undefined, scope.marks.live)
      return
    }
    case 'call':
      return callService(step, scope, world)
    case 'query':
      return world.databases.get(step.database)?.query(scope, step)
    case 'lookup': {
      const isHit = await world.caches.get(step.cache)?.lookup(scope, step)
      if (!isHit) await runSteps(step.miss, scope, tools)
      return
    }
    case 'store':
      // Nothing to store in a cache that refused the lookup.
      if (scope.strength('cache-down', step.cache) === undefined)
        await world.caches.get(step.cache)?.store(scope, step.key)
      return
    case 'publish':
      return world.queues.get(step.queue)?.publish(scope)
    case 'parallel': {
      const outcomes = await Promise.allSettled(step.steps.map((each) => runStep(each, scope, tools)))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
      return
    }
    case 'repeat':
      for (let round = 0; round < step.times; round++) await runSteps(step.steps, scope, tools)
      return
    case 'sometimes':
      if (scope.random() < step.share) await runSteps(step.steps, scope, tools)
      return
    case 'fail':
      if (scope.random() < step.share) throw failed(scope, new StepFailure(step.status, step.error, step.message, true))
      return
    case 'log':
      scope.telemetry.log(step.severity, step.text, scope.context, {
        'order.id': wholeBetween(scope.random, 1000, 9999),
      })
      return
  }
}

/** Writes the exception to the log, in the request's own span. */
export function failed(scope: Scope, failure: StepFailure): StepFailure {
  const span = trace.getSpan(scope.context)
  scope.telemetry.log('error', failure.message, span ? trace.setSpan(scope.context, span) : scope.context, {
    'exception.type': failure.type,
    'exception.message': failure.message,
    'exception.stacktrace': `${failure.type}: ${failure.message}\n    at handle (${scope.service})`,
  })
  return failure
}
