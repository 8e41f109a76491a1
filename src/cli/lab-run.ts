/** `spanlight lab run`: a scenario with load and faults, for a while or until Ctrl+C, and what came of it. */

import { type Command, InvalidArgumentError } from 'commander'
import { type LabProfile, labProfiles, labRateLimits, labSeedLimits } from '#shared/contract/loadlab-catalog.ts'
import { failLab } from './lab-fail.ts'

interface RunOptions {
  readonly rate: number
  readonly profile: LabProfile
  readonly duration?: number
  readonly seed: number
  readonly fault: readonly string[]
  readonly endpoint?: string
  readonly protocol: 'http' | 'grpc'
  readonly json?: boolean
}

export function addLabRunCommand(lab: Command): void {
  addTelemetryOptions(
    lab
      .command('run')
      .description('run a scenario: a name of "lab list", or a JSON file')
      .argument('<scenario>', 'such as checkout-shop or ./my-scenario.json')
      .option('--rate <number>', `requests per second, ${labRateLimits.min} to ${labRateLimits.max}`, rate, 20)
      .option('--profile <name>', `how the rate changes: ${labProfiles.join(', ')}`, profile, 'steady' as const)
      .option('--duration <time>', 'such as 60s or 10m; without it until Ctrl+C', duration)
      .option('--seed <number>', 'the same seed, the same run', seed, 1)
      .option(
        '--fault <fault>',
        'NAME[=STRENGTH][@WHERE], more than once for more than one; +10s-40s at the end: from the 10th to the 40th second',
        (value: string, before: readonly string[]) => [...before, value],
        [] as readonly string[],
      ),
  ).action((scenario: string, options: RunOptions) => run(scenario, options).catch(failLab))
}

export function addTelemetryOptions(command: Command): Command {
  return command
    .option(
      '--endpoint <url>',
      'where telemetry goes (default: OTEL_EXPORTER_OTLP_ENDPOINT, else this machine)',
      endpoint,
    )
    .option('--protocol <name>', 'http or grpc', protocol, 'http' as const)
    .option('--json', 'progress on standard error, and a summary as JSON on standard output')
}

async function run(scenario: string, options: RunOptions): Promise<void> {
  const { runLab } = await import('./lab-session.ts')
  process.exitCode = await runLab({ scenario, ...options })
}

function rate(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !(number >= labRateLimits.min && number <= labRateLimits.max))
    throw new InvalidArgumentError(`It must be from ${labRateLimits.min} to ${labRateLimits.max} requests per second.`)
  return number
}

function profile(value: string): LabProfile {
  const found = labProfiles.find((name) => name === value)
  if (!found) throw new InvalidArgumentError(`It must be one of ${labProfiles.join(', ')}.`)
  return found
}

export function seed(value: string): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > labSeedLimits.max)
    throw new InvalidArgumentError(`It must be a whole number from ${labSeedLimits.min} to ${labSeedLimits.max}.`)
  return number
}

/** Seconds. */
export function duration(value: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)?$/.exec(value)
  const seconds = Number(parts?.[1]) * ({ ms: 0.001, s: 1, m: 60, min: 60, h: 3600 }[parts?.[2] ?? 's'] ?? 1)
  if (!parts || !(seconds >= 0.5 && seconds <= 86_400))
    throw new InvalidArgumentError('It must be a time such as 60s, 10m or 1h, at most 24h.')
  return seconds
}

function endpoint(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol))
    throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:4318.')
  return text
}

function protocol(value: string): 'http' | 'grpc' {
  if (value !== 'http' && value !== 'grpc') throw new InvalidArgumentError('It must be http or grpc.')
  return value
}
