/** A failed start in full: what happened, and a report that says on which machine and with what. */

import type { StartFailure } from '#shared/contract/host.ts'

export interface MachineFacts {
  readonly version: string
  readonly platform: string
  readonly arch: string
  readonly osRelease: string
  readonly versions: Readonly<Record<string, string | undefined>>
}

export function describeFailure(
  failure: Omit<StartFailure, 'report'>,
  lastWords: string,
  { version, platform, arch, osRelease, versions }: MachineFacts,
): StartFailure {
  const report = [
    `Spanlight ${version} could not start: ${failure.code}`,
    failure.message,
    '',
    `Database: ${failure.databasePath ?? 'none yet'}`,
    `System: ${platform} ${osRelease} ${arch}`,
    `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}`,
    ...(lastWords === '' ? [] : ['', 'Last words of the engine:', lastWords]),
  ].join('\n')
  return { ...failure, report }
}

const neededElectron = 45

/** Why this Electron can't run the engine; undefined where it can. */
export function tooOld(electronVersion: string | undefined): Omit<StartFailure, 'report'> | undefined {
  if (Number.parseInt(electronVersion ?? '0', 10) >= neededElectron) return undefined
  return {
    code: 'ELECTRON_TOO_OLD',
    message: `Spanlight needs Electron ${neededElectron} or newer; this is ${electronVersion}. Install Spanlight again, or run "spanlight serve" to use it in a browser.`,
    databasePath: null,
  }
}
