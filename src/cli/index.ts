/** The command line: `spanlight` opens the app, subcommands do one thing each. */

import { Command } from 'commander'
import { addExportCommand } from './export.ts'
import { fail } from './fail.ts'
import { addImportCommand } from './import.ts'
import { addLabCommand } from './lab.ts'
import { addOpenCommand } from './open.ts'
import { addRebuildCommand } from './rebuild.ts'
import { addRecoverCommand } from './recover.ts'
import { addServeCommand } from './serve.ts'
import { addSqlCommand } from './sql.ts'
import { addTailCommand } from './tail.ts'
import { version } from './version.ts'

const program = new Command('spanlight')
  .description('See what your services do: OpenTelemetry traces, logs and metrics, on this machine.')
  .version(version)
  // Options after a subcommand are the subcommand's, even where both know them.
  .enablePositionalOptions()
addOpenCommand(program)
addServeCommand(program)
addRebuildCommand(program)
addRecoverCommand(program)
addLabCommand(program)
addSqlCommand(program)
addExportCommand(program)
addImportCommand(program)
addTailCommand(program)

program.parseAsync().catch(fail)
