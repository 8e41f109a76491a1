/** `spanlight recover`: saves what can be read of a damaged database into a new file. */

import { resolve } from 'node:path'
import type { Command } from 'commander'
import { recoverSession, recoveryText } from '../engine/recover.ts'
import { fail } from './fail.ts'
import { onStopSignal } from './pass-on.ts'

export function addRecoverCommand(program: Command): void {
  program
    .command('recover')
    .description('save what can be read of a damaged database into a new file; the damaged one is not written')
    .argument('<file>', 'the damaged database')
    .requiredOption('-o, --output <file>', 'the new database; it must not be there yet')
    .action((file: string, { output }: { readonly output: string }) =>
      recover(resolve(file), resolve(output)).catch(fail),
    )
}

async function recover(file: string, output: string): Promise<void> {
  const cancel = new AbortController()
  onStopSignal(() => cancel.abort())
  const isShown = process.stderr.isTTY
  const report = await recoverSession(file, output, {
    signal: cancel.signal,
    onProgress: ({ done, total }) => {
      if (isShown) process.stderr.write(`\r${done} of ${total} records `)
    },
  })
  if (isShown) process.stderr.write('\r')
  console.log(`${recoveryText(report)}\nThey are in ${output}. ${file} was not changed.`)
}
