/** `spanlight` without a command: opens the app, in a window where there is one, else in the browser. */

import type { Command } from 'commander'
import { fail } from './fail.ts'
import { addHostOptions, hostOptionsOf } from './host-options.ts'
import { serve } from './serve.ts'

export function addOpenCommand(program: Command): void {
  addHostOptions(program).action((_options: unknown, command: Command) => {
    console.log('This version has no desktop window yet, so Spanlight is served to your browser.')
    return serve(hostOptionsOf(command)).catch(fail)
  })
}
