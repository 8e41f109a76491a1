/** One service of a scenario: a real HTTP server on loopback, with its own telemetry, CPU, memory and pools. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Attributes, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { type Random, randomOf } from '../random.ts'
import { findRoute } from '../routes.ts'
import type { Endpoint, ServicePlan } from '../scenario.ts'
import { ServiceTelemetry } from '../telemetry/service-telemetry.ts'
import { Consumers } from './consumers.ts'
import { Cpu } from './cpu.ts'
import { StepFailure } from './failure.ts'
import { Instruments } from './instruments.ts'
import { LeakyMemory } from './leaky-memory.ts'
import { extractContext } from './propagation.ts'
import type { Subscription } from './queue.ts'
import { readMarks } from './request-marks.ts'
import { Scope } from './scope.ts'
import type { Semaphore } from './semaphore.ts'
import { observeService } from './service-metrics.ts'
import { sleep } from './sleep.ts'
import { failed, runSteps } from './steps.ts'
import type { World } from './world.ts'

/** One in so many requests to a bad deployment meets its bug. */
const bugShare = 0.2
/** Attempts fail so often during a retry storm that one in eight requests fails for good. */
const stormFailShare = 0.65
/** How long a service is gone when it is killed. */
const restartMs = 1500
/** Requests that were under way when it was killed send what they can. */
const lastWordsMs = 3000

/** Telemetry and metrics of one instance. */
interface Instance {
  readonly telemetry: ServiceTelemetry
  readonly instruments: Instruments
}

export class LabService {
  readonly plan: ServicePlan
  readonly #world: World
  readonly #pools = new Map<string, Semaphore>()
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #cpu: Cpu
  readonly #memory: LeakyMemory
  readonly #consumers: Consumers
  readonly #closing: Promise<void>[] = []
  /** Of its own: each attempt of a request has to be drawn anew. */
  readonly #stormRandom: Random
  #instance: Instance
  #canary: Instance | undefined
  #server: Server | undefined
  #requests = 0
  #isDown = false
  #isClosed = false
  cpuRatio = 0

  constructor(plan: ServicePlan, world: World) {
    this.plan = plan
    this.#world = world
    const { name } = plan
    this.#stormRandom = randomOf(world.seed, `storm/${name}`)
    this.#cpu = new Cpu(plan.cores, () => (world.faults.strength('cpu-burn', name) ?? 0) / 100)
    this.#memory = new LeakyMemory(plan.memoryMiB, {
      leakMs: () => world.faults.strength('memory-leak', name),
      onCollection: (ms) => this.#instance.instruments.collected(ms),
      onFull: () => void this.#restart(),
    })
    for (const [database, model] of world.databases)
      if (queries(plan, database)) this.#pools.set(database, model.addPool(name, plan.pools[database] ?? 10))
    for (const { queue } of plan.consumers) {
      const subscription = world.queues.get(queue)?.subscribe(name)
      if (subscription) this.#subscriptions.set(queue, subscription)
    }
    this.#instance = this.#newInstance(plan.version, `${name}-1`)
    this.#consumers = new Consumers(plan, world, this.#subscriptions, {
      open: () => this.#serving(),
      tools: { world, cpu: this.#cpu },
    })
  }

  get telemetry(): ServiceTelemetry {
    return this.#instance.telemetry
  }

  get isDown(): boolean {
    return this.#isDown
  }

  get memoryRatio(): number {
    return this.#memory.ratio
  }

  async start(): Promise<void> {
    await this.#listen(0)
    this.#consumers.start()
  }

  /** Takes nothing new. Messages that wait are still handled, at most until `deadline` aborts. */
  async drain(deadline: AbortSignal): Promise<void> {
    await this.#consumers.drain(deadline)
  }

  /** Sends what is left and frees the port. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#memory.close()
    this.#consumers.stop()
    await this.#stopListening()
    await Promise.all([...this.#closing, this.#instance.telemetry.close(), this.#canary?.telemetry.close()])
  }

  #newInstance(version: string, host: string): Instance {
    const { name } = this.plan
    const { faults, endpoint, delivery, scenario } = this.#world
    const anySpan = { by: name, only: undefined, drawn: new Map<string, boolean>() }
    const telemetry = new ServiceTelemetry(
      { name, version, namespace: scenario.name, host },
      {
        endpoint,
        delivery,
        skewMs: () => -(faults.strength('clock-skew', name) ?? 0),
        loses: (span) => {
          const isLost = faults.hitsNow('dropped-spans', name, anySpan)
          const { traceId, spanId } = span.spanContext()
          if (isLost) faults.note('dropped-spans', name, { service: name, traceId, spanId, unixMs: Date.now() })
          return isLost
        },
      },
    )
    observeService(telemetry, {
      cpu: this.#cpu,
      memory: this.#memory.memory,
      pools: this.#pools,
      subscriptions: this.#subscriptions,
      onCpu: (utilization) => {
        this.cpuRatio = utilization
      },
    })
    return { telemetry, instruments: new Instruments(telemetry) }
  }

  /** Which instance takes the next request or message. */
  #serving(): Instance {
    return this.#instance
  }

  #newVersion(): Instance {
    const { name, version } = this.plan
    this.#canary ??= (() => {
      const telemetry = new ServiceTelemetry(
        { name, version: nextVersion(version), namespace: this.#world.scenario.name, host: `${name}-2` },
        {
          endpoint: this.#world.endpoint,
          delivery: this.#world.delivery,
          skewMs: () => 0,
          loses: () => false,
        },
      )
      return { telemetry, instruments: new Instruments(telemetry) }
    })()
    return this.#canary
  }

  #listen(port: number): Promise<void> {
    const server = createServer((request, response) => this.#world.pending.track(this.#answer(request, response)))
    // Idle connections of the other services are theirs to close: a server that hangs up first breaks calls.
    server.keepAliveTimeout = 0
    this.#server = server
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        server.on('error', () => undefined)
        const { port: bound } = server.address() as AddressInfo
        this.#world.urls.set(this.plan.name, `http://127.0.0.1:${bound}`)
        resolve()
      })
    })
  }

  async #stopListening(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }

  /** Killed because its memory is full, and started again at the same address. */
  async #restart(): Promise<void> {
    if (this.#isDown || this.#isClosed) return
    this.#isDown = true
    const { name, version } = this.plan
    const old = this.#instance.telemetry
    const port = Number(new URL(this.#world.urls.get(name) ?? 'http://127.0.0.1:0').port)
    old.log('fatal', 'JavaScript heap out of memory: the process is killed', ROOT_CONTEXT, {
      'exception.type': 'OutOfMemoryError',
      'exception.message': 'Reached heap limit: allocation failed',
      'exception.stacktrace': `OutOfMemoryError: Reached heap limit\n    at ${name}`,
    })
    await this.#stopListening()
    this.#closing.push(sleep(lastWordsMs).then(() => old.close()))
    await sleep(restartMs)
    if (this.#isClosed) return
    this.#memory.restart()
    this.#instance = this.#newInstance(version, `${name}-1`)
    // Somebody may have taken the port in the meantime: then another will do, callers look it up each time.
    await this.#listen(port).catch(() => this.#listen(0))
    this.#instance.telemetry.log('info', `started, version ${version}`, ROOT_CONTEXT)
    this.#isDown = false
  }

  /** Never rejects. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://localhost')
    const endpoint = findRoute(this.plan.endpoints, method, url.pathname)
    const { name } = this.plan
    const { scenario, faults, seed, meter } = this.#world
    const marks = readMarks(header(request, 'baggage'), scenario)
    const drawn = new Map<string, boolean>()
    const wantsCanary = faults.hits('bad-deployment', name, { by: name, only: marks.only, drawn })
    const { telemetry, instruments } = wantsCanary ? this.#newVersion() : this.#instance
    const parent = extractContext({
      traceparent: header(request, 'traceparent'),
      tracestate: header(request, 'tracestate'),
    })
    const route = endpoint ? { 'http.route': endpoint.path } : {}
    const shared: Attributes = { 'http.request.method': method, 'url.scheme': 'http', ...route }
    const began = performance.now()
    const span = telemetry.startSpan(
      endpoint ? `${method} ${endpoint.path}` : method,
      SpanKind.SERVER,
      {
        ...shared,
        'url.path': url.pathname,
        ...(url.search && { 'url.query': url.search.slice(1) }),
        'server.address': '127.0.0.1',
        'server.port': request.socket.localPort ?? 0,
        'client.address': '127.0.0.1',
        'network.protocol.version': request.httpVersion,
        'user_agent.original': header(request, 'user-agent') ?? '',
        ...(marks.slowdown > 1 && { 'lab.slowdown': marks.slowdown }),
      },
      parent,
      { traceId: askedTraceId(request) },
    )
    const context = trace.setSpan(parent, span)
    const random = randomOf(seed, `${marks.request ?? `call ${++this.#requests}`}/${name}${url.pathname}`)
    const scope = new Scope({
      service: name,
      telemetry,
      instruments,
      context,
      random,
      marks,
      faults,
      canary: wantsCanary,
      drawn,
    })
    instruments.activeRequests(1, shared)
    let failure: StepFailure | undefined
    let body: unknown = {}
    try {
      if (!endpoint) throw new StepFailure(404, 'not_found', `there is no ${method} ${url.pathname}`)
      body = await this.#handle(endpoint, scope, header(request, 'user-agent') ?? '')
    } catch (error) {
      failure = error instanceof StepFailure ? error : new StepFailure(500, 'InternalError', String(error))
    }
    const status = failure?.status ?? endpoint?.status ?? 200
    const ms = performance.now() - began
    const isError = status >= 500
    instruments.activeRequests(-1, shared)
    span.setAttribute('http.response.status_code', status)
    const errorType = failure && isError ? failure.type : undefined
    telemetry.log(isError ? 'error' : 'info', `${method} ${url.pathname} ${status} in ${Math.round(ms)} ms`, context, {
      'http.request.method': method,
      ...route,
      'http.response.status_code': status,
      ...(errorType !== undefined && { 'error.type': errorType }),
    })
    answer(response, status, failure ? { error: failure.type, message: failure.message } : body, context)
    telemetry.endSpan(
      span,
      errorType === undefined ? undefined : { type: errorType, message: failure?.message ?? '' },
      marks.live,
    )
    instruments.serverRequest(
      ms,
      { ...shared, 'http.response.status_code': status, ...(errorType !== undefined && { 'error.type': errorType }) },
      context,
    )
    meter.record(name, ms, isError)
  }

  /** The body of a success. */
  async #handle(endpoint: Endpoint, scope: Scope, caller: string): Promise<unknown> {
    const { name } = this.plan
    await sleepIf(this.#memory.memory.allocate())
    if (this.#memory.isLeaking) scope.noteEvidence('memory-leak', name)
    if (scope.strength('cpu-burn', name) !== undefined) scope.noteEvidence('cpu-burn', name)
    if (scope.strength('clock-skew', name) !== undefined) scope.noteEvidence('clock-skew', name)
    this.#makeNoise(scope)
    const delay = scope.strength('added-latency', name)
    if (delay !== undefined) {
      scope.noteEvidence('added-latency', name)
      await sleep(delay * (0.5 + scope.random()))
    }
    if (scope.hits('payment-errors', name)) {
      scope.noteEvidence('payment-errors', name)
      throw failed(scope, new StepFailure(500, 'InternalServerError', `${name} could not handle the request`, true))
    }
    const storm = `${caller.split('/')[0]}:${name}`
    if (scope.strength('retry-storm', storm) !== undefined && this.#stormRandom() < stormFailShare)
      throw failed(scope, new StepFailure(503, 'Overloaded', `${name} is overloaded, try again later`, true))
    await runSteps(endpoint.steps, scope, { world: this.#world, cpu: this.#cpu })
    if (scope.canary) {
      scope.noteEvidence('bad-deployment', name)
      if (scope.random() < bugShare)
        throw failed(
          scope,
          new StepFailure(500, 'TypeError', "Cannot read properties of undefined (reading 'id')", true),
        )
    }
    if (scope.hits('wrong-content', name)) return this.#wrongContent(endpoint, scope)
    return endpoint.reply
  }

  #wrongContent(endpoint: Endpoint, scope: Scope): unknown {
    scope.noteEvidence('wrong-content', this.plan.name)
    trace.getSpan(scope.context)?.setAttribute('spanlight.response.valid', false)
    const lacking = Object.keys(endpoint.reply)
    scope.telemetry.log('warn', `answered without ${lacking.join(', ') || 'content'}`, scope.context, {
      'http.route': endpoint.path,
      'spanlight.response.valid': false,
    })
    return Object.fromEntries(lacking.map((field) => [field, null]))
  }

  #makeNoise(scope: Scope): void {
    const lines = scope.strength('noisy-logs', this.plan.name)
    if (lines === undefined) return
    scope.noteEvidence('noisy-logs', this.plan.name)
    for (let line = 1; line <= lines; line++)
      scope.telemetry.log('debug', `cache entry ${line} of ${lines} is still fresh`, scope.context, {
        'code.function.name': 'refreshCache',
      })
  }
}

function queries(plan: ServicePlan, database: string): boolean {
  // Steps lie in one another, and their text names the database wherever it is used.
  return JSON.stringify([plan.endpoints, plan.consumers]).includes(`"database":${JSON.stringify(database)}`)
}

/** 2.4.7 → 2.5.0 */
export function nextVersion(version: string): string {
  const [major = '1', minor = '0'] = version.split('.')
  return `${major}.${Number(minor) + 1 || 1}.0`
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The generator names the trace it wants to show while it grows. */
function askedTraceId(request: IncomingMessage): string | undefined {
  const asked = header(request, 'x-lab-trace-id')
  return asked !== undefined && /^[0-9a-f]{32}$/.test(asked) ? asked : undefined
}

async function sleepIf(ms: number): Promise<void> {
  if (ms > 0) await sleep(ms)
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  context: Parameters<typeof trace.getSpanContext>[0],
): void {
  const span = trace.getSpanContext(context)
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    // Whoever calls with curl finds the trace by it.
    ...(span && { 'x-trace-id': span.traceId }),
  })
  response.end(text)
}
