/** A run of the lab in this process: progress while it lasts, a summary at its end. */

import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { LabProfile } from '#shared/contract/loadlab-catalog.ts'
import { builtInScenario } from '../engine/loadlab/built-in.ts'
import type { ScriptedFault } from '../engine/loadlab/fault-desk.ts'
import { Lab } from '../engine/loadlab/lab.ts'
import { parseScenario } from '../engine/loadlab/parse-scenario.ts'
import { parseFault, placeFault } from '../engine/loadlab/place-fault.ts'
import type { Scenario } from '../engine/loadlab/scenario.ts'
import type { LabEndpoint } from '../engine/loadlab/telemetry/endpoint.ts'
import { duration as parseDuration } from './lab-options.ts'
import { version } from './version.ts'

export interface SessionOptions {
  readonly scenario: string
  readonly rate: number
  readonly profile: LabProfile
  readonly duration?: number | undefined
  readonly seed: number
  readonly fault: readonly string[]
  readonly endpoint?: string | undefined
  readonly protocol: 'http' | 'grpc'
  readonly json?: boolean | undefined
}

const progressMs = 1000
/** Exit code. */
export const nothingDelivered = 3

/** Answers the exit code. Throws `SpanlightError` for what can't be run. */
export async function runLab(options: SessionOptions): Promise<number> {
  const scenario = await readScenario(options.scenario)
  const faults = options.fault.map(parseTimedFault)
  // Said before anything starts.
  for (const fault of faults) placeFault(fault, scenario)
  const endpoint = endpointOf(options)
  const stopped = requestToStop()
  const { rate, profile, seed } = options
  const lab = await Lab.start({
    scenario,
    endpoint,
    rate,
    profile,
    seed,
    weights: {},
    paused: false,
    target: undefined,
    version,
  })
  lab.faults.schedule(faults)
  const tell = options.json ? console.error : console.log
  tell(`${scenario.title}, ${rate} requests/s (${profile}), seed ${seed}, to ${endpoint.url} (${endpoint.protocol})`)
  for (const { name, url } of lab.services.map(({ plan }) => ({ name: plan.name, url: lab.world.urls.get(plan.name) })))
    tell(`  ${name.padEnd(14)}${url}`)
  const began = performance.now()
  const progress = setInterval(() => tell(progressLine(lab, performance.now() - began)), progressMs)
  await Promise.race([stopped, ...(options.duration === undefined ? [] : [delay(options.duration * 1000)])])
  clearInterval(progress)
  const seconds = (performance.now() - began) / 1000
  await lab.stop()
  const summary = summaryOf(lab, seconds)
  if (options.json) console.log(JSON.stringify(summary))
  else console.log(summaryText(summary))
  return summary.delivered ? 0 : nothingDelivered
}

/** A name, or a file when it looks like a path. */
async function readScenario(name: string): Promise<Scenario> {
  if (!/[./\\]/.test(name)) return builtInScenario(name)
  const text = await readFile(name, 'utf8').catch((error: Error) => {
    throw new SpanlightError('BAD_INPUT', `${name} can't be read: ${error.message}`)
  })
  return parseScenario(text, name)
}

/** `NAME[=STRENGTH][@WHERE][+FROM[-TO]]` */
function parseTimedFault(text: string): ScriptedFault {
  const [, what = text, from, to] = /^(.*?)(?:\+([\d.]+\w*)(?:-([\d.]+\w*))?)?$/.exec(text) ?? []
  const seconds = (written: string): number => {
    try {
      return /^0\D*$/.test(written) ? 0 : parseDuration(written)
    } catch {
      throw new SpanlightError('BAD_INPUT', `"${written}" in "${text}" is no time: write +10s-40s.`)
    }
  }
  const atSeconds = from === undefined ? 0 : seconds(from)
  const fault = parseFault(what)
  if (to === undefined) return { ...fault, atSeconds }
  const durationSeconds = seconds(to) - atSeconds
  if (durationSeconds <= 0) throw new SpanlightError('BAD_INPUT', `"${text}" ends before it begins.`)
  return { ...fault, atSeconds, durationSeconds }
}

export function endpointOf({ endpoint, protocol }: Pick<SessionOptions, 'endpoint' | 'protocol'>): LabEndpoint {
  const fromEnvironment = process.env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined
  const url = endpoint ?? fromEnvironment ?? `http://127.0.0.1:${protocol === 'grpc' ? 4317 : 4318}`
  if (!URL.canParse(url)) throw new SpanlightError('BAD_INPUT', `OTEL_EXPORTER_OTLP_ENDPOINT is no URL: ${url}`)
  return { protocol, url }
}

/** The first one ends the run in order, the second one ends it at once. */
export function requestToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0
    let askedMs = 0
    const stop = (): void => {
      const now = performance.now()
      // Ctrl+C reaches this process and its wrapper, which passes it on: the same one twice.
      if (asked > 0 && now - askedMs < 500) return
      askedMs = now
      if (asked++ > 0) process.exit(130)
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    process.on('disconnect', stop)
  })
}

function progressLine({ generator, world }: Lab, ms: number): string {
  const { sent, refused, problem } = world.delivery
  const parts = [
    `${String(Math.round(ms / 1000)).padStart(4)} s`,
    `${generator.requests} requests`,
    `${generator.errors} errors`,
    `${sent.spans} spans sent`,
    `${refused} refused`,
  ]
  return parts.join('  ') + (problem === null ? '' : `  (${problem})`)
}

export interface LabSummary {
  readonly scenario: string
  readonly seed: number
  readonly seconds: number
  readonly requests: number
  readonly errors: number
  /** Requests per second that were really sent. */
  readonly realisedRate: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly spans: { readonly sent: number; readonly refused: number }
  readonly logs: { readonly sent: number }
  readonly points: { readonly sent: number }
  /** Records of all kinds that were refused or could not be delivered. */
  readonly refused: number
  readonly delivered: boolean
  /** Why the last delivery failed; null when it did not. */
  readonly problem: string | null
  readonly faults: readonly {
    readonly text: string
    readonly startUnixNano: string
    readonly endUnixNano: string | null
  }[]
}

function summaryOf(lab: Lab, seconds: number): LabSummary {
  const { generator, world, options } = lab
  const { sent, refused, refusedSpans, problem } = world.delivery
  const { p50Ms, p95Ms } = world.meter.flow('load')
  return {
    scenario: options.scenario.name,
    seed: options.seed,
    seconds: Math.round(seconds * 100) / 100,
    requests: generator.requests,
    errors: generator.errors,
    realisedRate: Math.round((generator.requests / seconds) * 1000) / 1000,
    p50Ms,
    p95Ms,
    spans: { sent: sent.spans, refused: refusedSpans },
    logs: { sent: sent.logs },
    points: { sent: sent.points },
    refused,
    delivered: sent.spans + sent.logs + sent.points > 0,
    problem,
    faults: lab.faults.annotations.map(({ text, startUnixNano, endUnixNano }) => ({
      text,
      startUnixNano,
      endUnixNano,
    })),
  }
}

function summaryText(summary: LabSummary): string {
  const { seconds, requests, errors, realisedRate, spans, logs, points, refused, problem, delivered } = summary
  const share = requests === 0 ? 0 : (100 * errors) / requests
  const lines = [
    '',
    `${requests} requests in ${seconds.toFixed(1)} s (${realisedRate.toFixed(2)}/s), ${errors} errors (${share.toFixed(2)} %)`,
    `${spans.sent} spans, ${logs.sent} log records and ${points.sent} metric points sent, ${refused} records refused`,
  ]
  if (problem !== null) lines.push(`Last failure of delivery: ${problem}`)
  if (!delivered) lines.push('Nothing could be delivered. Is something listening at the endpoint?')
  return lines.join('\n')
}
