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

/** Files that were opened with the app; there is no importer yet that could read them. */
export async function explainFiles(files: readonly string[]): Promise<void> {
  await dialog.showMessageBox({
    type: 'info',
    title: 'Spanlight',
    message: "This version of Spanlight can't open files yet.",
    detail: `${files.join('\n')}\n\nSend the data to Spanlight over OTLP instead: the Connect screen shows how.`,
    buttons: ['Close'],
  })
}
