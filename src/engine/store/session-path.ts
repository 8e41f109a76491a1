/** Paths of sessions as people give them: what is there, and in words why it can't be a session. */

import { existsSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SpanlightError } from '#shared/contract/errors.ts'

/** The one real path of a file that is there, so that a link to an open session is that session. Throws NOT_FOUND, BAD_INPUT, STORE_READONLY. */
export function existingSession(path: string): string {
  const stats = statsOf(path)
  if (stats === undefined) throw new SpanlightError('NOT_FOUND', `There is no file at ${path}.`)
  if (!stats.isFile()) throw new SpanlightError('BAD_INPUT', `${path} is ${kindOf(stats)}, not a session file.`)
  if (stats.size === 0) throw new SpanlightError('BAD_INPUT', `${path} is empty: it holds no session.`)
  return realpathSync(path)
}

/** A path where nothing is yet, in a folder that is there. Throws BAD_INPUT, NOT_FOUND, STORE_READONLY. */
export function freeSessionPath(path: string): string {
  if (statsOf(path) !== undefined) {
    throw new SpanlightError('BAD_INPUT', `There is a file at ${path} already. Choose another name.`)
  }
  return inRealFolder(path)
}

/** `path` with its folder's links resolved. Throws NOT_FOUND for a folder that isn't there. */
export function inRealFolder(path: string): string {
  const folder = dirname(path)
  const stats = statsOf(folder)
  if (stats === undefined) throw new SpanlightError('NOT_FOUND', `There is no folder ${folder}.`)
  if (!stats.isDirectory()) throw new SpanlightError('BAD_INPUT', `${folder} is ${kindOf(stats)}, not a folder.`)
  return join(realpathSync(folder), basename(path))
}

/** Whether both paths lead to one file. */
export function isSameFile(left: string, right: string): boolean {
  if (!existsSync(left) || !existsSync(right)) return left === right
  const [one, other] = [statSync(left), statSync(right)]
  return one.dev === other.dev && one.ino === other.ino
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES' || code === 'EPERM') {
      throw new SpanlightError('STORE_READONLY', `${path} may not be read. Check the permissions of its folder.`)
    }
    const why =
      code === 'ELOOP'
        ? 'its links lead in a circle'
        : code === 'ENAMETOOLONG'
          ? 'the name is too long'
          : code === 'ENOTDIR'
            ? 'part of it is a file, not a folder'
            : String(error)
    throw new SpanlightError('BAD_INPUT', `${path.slice(0, 200)} can't be used: ${why}.`)
  }
}

function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'a file'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isSocket()) return 'a socket'
  if (stats.isFIFO()) return 'a pipe'
  return 'a device'
}
