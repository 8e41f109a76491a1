/** What the shell asks and says in the system's own dialogs. */

import { dirname } from 'node:path'
import { dialog, shell } from 'electron'

export async function askForDatabase(near: string | null): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Choose a Spanlight database',
    properties: ['openFile'],
    filters: [
      { name: 'Spanlight databases', extensions: ['db'] },
      { name: 'All files', extensions: ['*'] },
    ],
    ...(near === null ? {} : { defaultPath: dirname(near) }),
  })
  return canceled ? undefined : filePaths[0]
}

/** Files to import; none when the person cancels. */
export async function askForFiles(): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Open files',
    properties: ['openFile', 'multiSelections'],
  })
  return canceled ? [] : filePaths
}

export interface About {
  readonly version: string
  readonly versions: NodeJS.ProcessVersions
  /** The licences of everything that ships, as text. */
  readonly licensesFile: string
}

export async function showAbout({ version, versions, licensesFile }: About): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'About Spanlight',
    message: `Spanlight ${version}`,
    detail: [
      'See what your services do: OpenTelemetry traces, logs and metrics, on this machine.',
      '',
      `Electron ${versions.electron}`,
      `Chromium ${versions.chrome}`,
      `Node ${versions.node}`,
      '',
      'Apache License 2.0. The libraries it is made of have licences of their own.',
    ].join('\n'),
    buttons: ['Close', 'Licences'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) await shell.openPath(licensesFile)
}

/** The page broke for the second time within a minute; true when it shall be tried once more. */
export async function askAfterCrash(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Spanlight',
    message: 'The window stopped working twice within a minute.',
    detail: 'Receiving goes on, and what was acknowledged is stored.',
    buttons: ['Load it again', 'Quit Spanlight'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 0
}

export function showFatal(error: unknown): void {
  dialog.showErrorBox(
    'Spanlight could not start',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  )
}
