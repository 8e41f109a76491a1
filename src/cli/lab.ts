/** `spanlight lab`: the load lab without the app. */

import { type Command, InvalidArgumentError } from 'commander'
import { exercisesPerSheet, labProfiles, labRateLimits } from '#shared/contract/loadlab-catalog.ts'
import { fail } from './fail.ts'
import type { MysteryOptions } from './lab-mystery.ts'
import { addTelemetryOptions, duration, profile, rate, seed } from './lab-options.ts'
import type { SessionOptions } from './lab-session.ts'

export function addLabCommand(program: Command): void {
  const lab = program
    .command('lab')
    .description('load and faults: a small shop of real services, against any OTLP endpoint')
  lab
    .command('list')
    .description('scenarios and faults')
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: boolean }) => list(json ?? false).catch(fail))
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
        'NAME[=STRENGTH][@WHERE], more than once for more than one; +10s-40s at its end: from the 10th to the 40th second',
        (value: string, before: readonly string[]) => [...before, value],
        [] as readonly string[],
      ),
  ).action((scenario: string, options: Omit<SessionOptions, 'scenario'>) => run({ ...options, scenario }).catch(fail))
  addTelemetryOptions(
    lab
      .command('mystery')
      .description('a fault by seed that you have to find; the answer comes at the end')
      .requiredOption('--seed <number>', 'the same seed, the same faults', seed)
      .option('--number <number>', `which of the ${exercisesPerSheet} faults of this seed`, exercise, 1)
      .option('--duration <time>', 'such as 5m; without it until your guess or Ctrl+C', duration)
      .option('--guess <guess>', 'SERVICE:FAULT, judged at the end, where there is no terminal to ask'),
  ).action((options: MysteryOptions) => mystery(options).catch(fail))
}

// The lab is much code that no other command needs: it is loaded when it runs.

async function list(asJson: boolean): Promise<void> {
  const { listLab } = await import('./lab-list.ts')
  listLab(asJson)
}

async function run(options: SessionOptions): Promise<void> {
  const { runLab } = await import('./lab-session.ts')
  process.exitCode = await runLab(options)
}

async function mystery(options: MysteryOptions): Promise<void> {
  const { runMystery } = await import('./lab-mystery.ts')
  process.exitCode = await runMystery(options)
}

function exercise(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1 || number > exercisesPerSheet)
    throw new InvalidArgumentError(`It must be from 1 to ${exercisesPerSheet}.`)
  return number
}
