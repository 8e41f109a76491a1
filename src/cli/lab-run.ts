/** `spanlight lab run`: a scenario with load and faults, for a while or until Ctrl+C, and what came of it. */

import type { Command } from 'commander'
import { type LabProfile, labProfiles, labRateLimits } from '#shared/contract/loadlab-catalog.ts'
import { fail } from './fail.ts'
import { addTelemetryOptions, duration, profile, rate, seed } from './lab-options.ts'

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
  ).action((scenario: string, options: RunOptions) => run(scenario, options).catch(fail))
}

async function run(scenario: string, options: RunOptions): Promise<void> {
  const { runLab } = await import('./lab-session.ts')
  process.exitCode = await runLab({ scenario, ...options })
}
