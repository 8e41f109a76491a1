/** Ways out of a failed start: what the engine is asked for next. */

import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Recovery } from '#shared/contract/host.ts'
import type { EngineStart } from '../engine/process-messages.ts'

export interface RecoveryQuestions {
  /** Lets the person choose a database; undefined when they cancel. */
  chooseFile(near: string | null): Promise<string | undefined>
}

/** The next start; undefined when there is none for now. */
export async function nextStart(
  way: Exclude<Recovery, 'quit'>,
  last: EngineStart,
  failedPath: string | null,
  { chooseFile }: RecoveryQuestions,
): Promise<EngineStart | undefined> {
  if (way === 'retry') return last
  if (way === 'free-ports') return { ...last, anyPorts: true }
  const databasePath = way === 'choose-file' ? await chooseFile(failedPath) : freshBeside(failedPath)
  if (databasePath === undefined) return undefined
  return { ...last, databasePath, ...(way === 'salvage' && failedPath !== null ? { salvageFrom: failedPath } : {}) }
}

/** `spanlight-2.db` beside `spanlight.db`, or the first such name that is free. */
export function freshBeside(path: string | null): string | undefined {
  if (path === null) return undefined
  const extension = extname(path)
  const name = basename(path, extension).replace(/-\d+$/, '')
  for (let number = 2; ; number++) {
    const file = join(dirname(path), `${name}-${number}${extension}`)
    if (!existsSync(file)) return file
  }
}
