/** Calls another service over HTTP, with a client span for each attempt. */

import { Agent, request } from 'node:http'
import { type Attributes, SpanKind, trace } from '@opentelemetry/api'
import { wholeBetween } from '../random.ts'
import { fillPath } from '../routes.ts'
import type { Step } from '../scenario.ts'
import { StepFailure } from './failure.ts'
import { edgeKey } from './flow-meter.ts'
import { injectContext } from './propagation.ts'
import type { Scope } from './scope.ts'
import { sleep } from './sleep.ts'
import type { World } from './world.ts'

type Call = Extract<Step, { do: 'call' }>

/** How an attempt ended: a status, or the code of what went wrong. */
type Outcome = { readonly status: number } | { readonly error: string; readonly message: string }

/** Nobody answers: so long does the caller try to connect. */
const connectTimeoutMs = 1000

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

/** Connections that are kept would hold the process. */
export function closeConnections(): void {
  agent.destroy()
}

/** Throws `StepFailure` when the last attempt failed. */
export async function callService(step: Call, scope: Scope, world: World): Promise<void> {
  const edge = `${scope.service}:${step.service}`
  const storm = scope.strength('retry-storm', edge)
  const attempts = Math.max(step.retries + 1, storm ?? 0)
  const path = fillPath(step.path, () => wholeBetween(scope.random, 1, 9999))
  let outcome: Outcome = { status: 0 }
  for (let attempt = 0; attempt < attempts; attempt++) {
    outcome = await attemptCall(step, path, attempt, scope, world)
    if ('status' in outcome && outcome.status < 500) break
    if (storm !== undefined && attempt > 0) scope.noteEvidence('retry-storm', edge)
  }
  if ('error' in outcome) throw new StepFailure(503, outcome.error, `${step.service}: ${outcome.message}`)
  if (outcome.status >= 400)
    throw new StepFailure(outcome.status, String(outcome.status), `${step.service} answered ${outcome.status}`)
}

async function attemptCall(step: Call, path: string, attempt: number, scope: Scope, world: World): Promise<Outcome> {
  const edge = `${scope.service}:${step.service}`
  const base = world.urls.get(step.service) ?? ''
  const { hostname, port } = new URL(base)
  const attributes: Attributes = {
    'http.request.method': step.method,
    'url.full': `${base}${path}`,
    'url.template': step.path,
    'server.address': hostname,
    'server.port': Number(port),
    'network.protocol.name': 'http',
    'network.protocol.version': '1.1',
    'service.peer.name': step.service,
    ...(attempt > 0 && { 'http.request.resend_count': attempt }),
  }
  const began = performance.now()
  const span = scope.telemetry.startSpan(`${step.method} ${step.path}`, SpanKind.CLIENT, attributes, scope.context)
  const context = trace.setSpan(scope.context, span)
  const inside = scope.below(context)
  const isCut = scope.hitsNow('network-cut', edge)
  const isLost = scope.hitsNow('lost-trace-context', scope.service)
  if (isCut) inside.noteEvidence('network-cut', edge)
  if (isLost) inside.noteEvidence('lost-trace-context', scope.service)
  const headers = isLost ? lostHeaders(scope) : injectContext(context, scope.marks.baggage)
  const outcome = isCut ? await noConnection(step.service) : await send(step, `${base}${path}`, headers, scope)
  const error = errorOf(outcome)
  if ('status' in outcome) span.setAttribute('http.response.status_code', outcome.status)
  if ('error' in outcome)
    scope.telemetry.log('error', `call to ${step.service} failed: ${outcome.message}`, context, {
      'exception.type': outcome.error,
      'exception.message': outcome.message,
      'exception.stacktrace': `${outcome.error}: ${outcome.message}\n    at ${step.method} ${step.path} (${scope.service})`,
    })
  scope.telemetry.endSpan(span, error, scope.marks.live)
  const ms = performance.now() - began
  world.meter.record(edgeKey(scope.service, step.service), ms, error !== undefined)
  scope.instruments.clientRequest(ms, {
    'http.request.method': step.method,
    'url.template': step.path,
    'server.address': hostname,
    'service.peer.name': step.service,
    ...('status' in outcome && { 'http.response.status_code': outcome.status }),
    ...(error && { 'error.type': error.type }),
  })
  return outcome
}

/** HTTP client spans: 4xx and 5xx are errors. */
function errorOf(outcome: Outcome): { readonly type: string; readonly message: string } | undefined {
  if ('error' in outcome) return { type: outcome.error, message: outcome.message }
  return outcome.status >= 400 ? { type: String(outcome.status), message: `HTTP ${outcome.status}` } : undefined
}

/** The lab's own marks stay: they are no part of the trace. */
function lostHeaders({ marks }: Scope): Record<string, string> {
  return marks.baggage ? { baggage: marks.baggage } : {}
}

async function noConnection(service: string): Promise<Outcome> {
  await sleep(connectTimeoutMs)
  return { error: 'ETIMEDOUT', message: `connect ETIMEDOUT ${service}: no answer in ${connectTimeoutMs} ms` }
}

function send(step: Call, url: string, headers: Record<string, string>, scope: Scope): Promise<Outcome> {
  const timeoutMs = step.timeoutMs * scope.marks.slowdown
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      {
        method: step.method,
        agent,
        timeout: timeoutMs,
        headers: {
          ...headers,
          'user-agent': `${scope.service}/${scope.telemetry.identity.version}`,
          ...(step.method !== 'GET' && { 'content-length': '0' }),
        },
      },
      (response) => {
        response.resume()
        response.once('close', () =>
          resolve(
            response.complete
              ? { status: response.statusCode ?? 0 }
              : { error: 'ECONNRESET', message: 'the connection was closed before the answer was complete' },
          ),
        )
      },
    )
    outgoing.once('timeout', () => {
      resolve({ error: 'timeout', message: `no answer in ${timeoutMs} ms` })
      outgoing.destroy()
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ error: error.code ?? 'ECONNRESET', message: error.message || 'the connection was closed' }),
    )
    outgoing.end()
  })
}
