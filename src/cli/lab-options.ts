/** The options of the lab's commands, checked once. */

import { type Command, InvalidArgumentError } from 'commander'
import { type LabProfile, labProfiles, labRateLimits, labSeedLimits } from '#shared/contract/loadlab-catalog.ts'
import { parseDuration } from './time-options.ts'

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

export function rate(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !(number >= labRateLimits.min && number <= labRateLimits.max))
    throw new InvalidArgumentError(`It must be from ${labRateLimits.min} to ${labRateLimits.max} requests per second.`)
  return number
}

export function profile(value: string): LabProfile {
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

/** Seconds; a number without a unit means them, too. */
export function duration(value: string): number {
  const nanos = parseDuration(/^[\d.]+$/.test(value) ? `${value}s` : value)
  const seconds = (nanos ?? 0) / 1e9
  if (!(seconds >= 0.5 && seconds <= 86_400))
    throw new InvalidArgumentError('It must be a time such as 60s, 10m or 1h, at most 24h.')
  return seconds
}

export function endpoint(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol))
    throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:4318.')
  return text
}

function protocol(value: string): 'http' | 'grpc' {
  if (value !== 'http' && value !== 'grpc') throw new InvalidArgumentError('It must be http or grpc.')
  return value
}
