/** `spanlight` without a command: opens the app, in a window where there is one, else in the browser. */

import { resolve } from 'node:path'
import type { Command } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { findSource } from '../engine/import-files.ts'
import { defaultMemoryFile, electronPackageDir, searchElectron } from './electron.ts'
import { fail } from './fail.ts'
import { addHostOptions, type HostOptions, hostOptionsOf } from './host-options.ts'
import { packageFile } from './package-files.ts'
import { serve } from './serve.ts'
import { openWindow, whyBrowser, windowArguments } from './window.ts'

export function addOpenCommand(program: Command): void {
  addHostOptions(program)
    .argument('[files...]', 'files to import and show')
    .action((files: string[], _options: unknown, command: Command) => open(files, hostOptionsOf(command)).catch(fail))
}

async function open(files: readonly string[], asked: HostOptions): Promise<void> {
  // Before anything is started: a name, or a command, that was mistyped.
  for (const file of files) await refuseMistyped(file)
  const paths = files.map((file) => resolve(file))
  const options = { ...asked, files: paths }
  const why = whyBrowser(options, process.env, process.platform)
  if (why !== undefined) {
    console.log(`Spanlight is served to your browser, ${why}.`)
    return serve(options)
  }
  const electron = await searchElectron({
    packageDir: electronPackageDir(),
    memoryFile: defaultMemoryFile(),
    nowMs: Date.now(),
    announce: console.log,
  })
  if (electron.kind === 'missing') {
    console.log(`The desktop window needs Electron, ${electron.reason}, so Spanlight is served to your browser.`)
    return serve(options)
  }
  const problem = await openWindow(electron.executable, [packageFile('.'), ...windowArguments(options), ...paths])
  if (problem === undefined) process.exit(0)
  console.log(`The desktop window could not open (${problem}), so Spanlight is served to your browser.`)
  return serve(options)
}

async function refuseMistyped(file: string): Promise<void> {
  try {
    await findSource(resolve(file))
  } catch (error) {
    const isWord = /^\w+$/.test(file) && error instanceof SpanlightError && error.code === 'NOT_FOUND'
    if (!isWord) throw error
    throw new SpanlightError(
      'NOT_FOUND',
      `There is no command and no file "${file}". "spanlight --help" lists the commands.`,
    )
  }
}
