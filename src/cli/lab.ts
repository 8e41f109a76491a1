/** `spanlight lab`: the load lab without the app. */

import type { Command } from 'commander'
import { addLabListCommand } from './lab-list.ts'
import { addLabRunCommand } from './lab-run.ts'

export function addLabCommand(program: Command): void {
  const lab = program
    .command('lab')
    .description('load and faults: a small shop of real services, against any OTLP endpoint')
  addLabListCommand(lab)
  addLabRunCommand(lab)
}
