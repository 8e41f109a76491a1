/** `spanlight serve`: the engine, and the app for a browser. */

import type { Command } from 'commander'
import { fail } from './fail.ts'
import { addHostOptions, hostOptionsOf } from './host-options.ts'
import type { ServeOptions } from './serve-app.ts'

export function addServeCommand(program: Command): void {
  addHostOptions(program.command('serve'))
    .description('run the engine and serve the app to a browser')
    .option('--read-only', 'only read the database, and receive nothing')
    .action(({ readOnly }: { readonly readOnly?: boolean }, command: Command) =>
      serve({ ...hostOptionsOf(command), readOnly }).catch(fail),
    )
}

/** Starts everything, tells where it is, and stops on a signal. Throws `SpanlightError`; nothing is left running then. */
export async function serve(options: ServeOptions): Promise<void> {
  const { serveApp } = await import('./serve-app.ts')
  await serveApp(options)
}
