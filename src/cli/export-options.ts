/** The options of `spanlight export`, checked once. */

import { type Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import { SpanlightError } from '#shared/contract/errors.ts'
import {
  type ExportFormat,
  type ExportSelection,
  type ExportSignal,
  exportFormats,
  exportRequestSchema,
  exportSignals,
  noRedaction,
  type Redaction,
  type RedactionRule,
  redactionRules,
  redactionSchema,
} from '#shared/contract/exports.ts'
import { isTraceIdHex } from '#shared/model/ids.ts'
import { defaultDatabasePath } from '../engine/config.ts'
import { duration, instant } from './time-options.ts'

export interface ExportCommandOptions {
  readonly db?: string
  readonly format: ExportFormat
  readonly output?: string
  readonly force?: boolean
  readonly trace?: readonly string[]
  readonly service?: string
  readonly errors?: boolean
  readonly minDuration?: number
  readonly since?: string
  readonly until?: string
  readonly signals?: readonly ExportSignal[]
  /** False with `--no-redact`. */
  readonly redact: boolean
  readonly redactOnly?: readonly RedactionRule[]
  readonly redactName?: readonly string[]
  readonly redactPattern?: readonly string[]
}

export function addExportOptions(command: Command): Command {
  return command
    .requiredOption('--format <format>', exportFormats.join(', '), oneOf(exportFormats))
    .option('--db <file>', `database, which Spanlight may be using (default: ${defaultDatabasePath()})`)
    .option('-o, --output <file>', 'where to (default: standard output)')
    .option('--force', 'overwrite the file if it exists')
    .option('--trace <id...>', 'these traces, with their logs', traceIds)
    .option('--service <name>', 'traces with a span of this service, its logs and metrics')
    .option('--errors', 'only traces with an error')
    .option('--min-duration <duration>', 'only traces that took at least so long: 500ms, 1.5s', duration)
    .option('--since <time>', 'from this time on: 2026-11-28T09:30:00Z, or 15m for so long ago', instant)
    .option('--until <time>', 'until this time, likewise', instant)
    .option('--signals <names>', `of ${exportSignals.join(',')}: those to export`, listOf(exportSignals))
    .option('--no-redact', 'leave everything as it is, secrets included')
    .option('--redact-only <rules>', `of ${redactionRules.join(',')}: those to use`, listOf(redactionRules))
    .option('--redact-name <name...>', 'also replace attributes of this name; * stands for any characters')
    .option('--redact-pattern <word...>', 'also replace words like this in texts: cust_*')
}

const askedSchema = exportRequestSchema.extend({
  /** Beside the rules that are used: a name more is no reason to forget those kept in the database. */
  alsoRedact: redactionSchema.pick({ names: true, patterns: true }),
})
type AskedExport = z.output<typeof askedSchema>

/** Throws BAD_INPUT for options that contradict each other. */
export function askedExportOf(options: ExportCommandOptions): AskedExport {
  const parsed = askedSchema.safeParse({
    selection: selectionOf(options),
    format: options.format,
    redaction: redactionOf(options),
    alsoRedact: { names: options.redactName, patterns: options.redactPattern },
  })
  if (!parsed.success)
    throw new SpanlightError('BAD_INPUT', parsed.error.issues.map(({ message }) => message).join('; '))
  return parsed.data
}

function selectionOf(options: ExportCommandOptions): ExportSelection {
  const { trace, errors, minDuration } = options
  if (trace && (errors || minDuration !== undefined)) {
    throw new SpanlightError(
      'BAD_INPUT',
      'Traces are chosen by --trace or by --errors and --min-duration, not by both.',
    )
  }
  return {
    signals: options.signals && [...options.signals],
    service: options.service,
    start: options.since,
    end: options.until,
    traceIds: trace && [...trace],
    traces:
      errors || minDuration !== undefined
        ? { of: 'trace', errors: errors ?? false, minDurationNs: minDuration }
        : undefined,
  }
}

function redactionOf({ redact, redactOnly, redactName, redactPattern }: ExportCommandOptions): Redaction | undefined {
  if (!redact && (redactOnly || redactName || redactPattern)) {
    throw new SpanlightError(
      'BAD_INPUT',
      '--no-redact leaves everything as it is: it goes with no other --redact option.',
    )
  }
  if (!redact) return noRedaction
  // Unless told, the rules kept in the database.
  return redactOnly && { rules: [...redactOnly], names: [], patterns: [] }
}

function traceIds(id: string, earlier: readonly string[] | undefined): readonly string[] {
  if (!isTraceIdHex(id)) throw new InvalidArgumentError('It must be 32 hex digits, not all zero.')
  return [...(earlier ?? []), id.toLowerCase()]
}

function oneOf<Name extends string>(names: readonly Name[]): (value: string) => Name {
  return (value) => {
    const found = names.find((name) => name === value)
    if (!found) throw new InvalidArgumentError(`It must be one of ${names.join(', ')}.`)
    return found
  }
}

function listOf<Name extends string>(names: readonly Name[]): (value: string) => Name[] {
  const one = oneOf(names)
  return (value) => value.split(',').map((name) => one(name.trim()))
}
