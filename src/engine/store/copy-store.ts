/** A copy of a session while it is written: one self-contained file that opens anywhere. */

import { existsSync, linkSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { openAlone } from './database.ts'
import { existingSession, inRealFolder, isSameFile } from './session-path.ts'
import { storeErrorOf } from './store-error.ts'

/** 1 MiB: a slice takes a few milliseconds, and between two the copy can be cancelled. */
const slicePages = 256

export interface CopyProgress {
  readonly done: number
  readonly total: number
}

export interface CopyOrder {
  readonly from: string
  readonly to: string
  /** Whether a file that is there already may go. */
  readonly replace: boolean
}

/** An `AbortSignal`, or what tells the same across threads. */
export interface Cancellation {
  readonly aborted: boolean
}

export interface CopyOptions {
  readonly signal: Cancellation
  readonly onProgress: (progress: CopyProgress) => void
}

/**
 * Resolves with the size of the copy, which is as the session was when this began. Throws BAD_INPUT, NOT_FOUND, CANCELLED,
 * DISK_FULL, STORE_READONLY, STORE_LOCKED; then there is no part of a copy, and what was at its place is untouched.
 */
export async function copyStore(order: CopyOrder, options: CopyOptions): Promise<{ bytes: number }> {
  const from = existingSession(order.from)
  const to = inRealFolder(order.to)
  checkTarget(from, to, order.replace)
  const part = `${to}.${process.pid}-${Date.now()}.part`
  try {
    await backUp(from, part, options)
    refuseCancelled(options.signal)
    makeSelfContained(part)
    const { size } = statSync(part)
    if (order.replace) renameSync(part, to)
    else moveToFreeName(part, to)
    return { bytes: size }
  } catch (error) {
    throw storeErrorOf(error, to)
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
  }
}

function checkTarget(from: string, to: string, replace: boolean): void {
  if (isSameFile(from, to)) throw new SpanlightError('BAD_INPUT', `${to} is this session itself. Choose another name.`)
  if (!existsSync(to)) return
  if (!statSync(to).isFile()) throw new SpanlightError('BAD_INPUT', `There is something at ${to} that is not a file.`)
  if (!replace) {
    throw new SpanlightError('BAD_INPUT', `There is a file at ${to} already.`, { exists: true })
  }
  // A session that is open has a log beside it; to exchange the file below it would break it.
  if (existsSync(`${to}-wal`)) {
    throw new SpanlightError('STORE_LOCKED', `The session ${to} is open. Close it first, or choose another name.`)
  }
}

async function backUp(from: string, to: string, { signal, onProgress }: CopyOptions): Promise<void> {
  const db = openAlone(from)
  try {
    // A read transaction holds the moment: without it every commit of the writer would start the copy anew.
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        refuseCancelled(signal)
        onProgress({ done: totalPages - remainingPages, total: totalPages })
        return slicePages
      },
    })
  } finally {
    db.close()
  }
}

export function refuseCancelled(signal: Cancellation): void {
  if (signal.aborted) throw new SpanlightError('CANCELLED', 'The copy was cancelled; nothing was kept of it.')
}

/** Without a log beside it, so that the one file is all there is. */
export function makeSelfContained(file: string): void {
  const db = new Sqlite(file)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

/** Unlike a rename, a link fails where something has appeared meanwhile. Throws BAD_INPUT then. */
export function moveToFreeName(part: string, to: string): void {
  try {
    linkSync(part, to)
    unlinkSync(part)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') throw new SpanlightError('BAD_INPUT', `There is a file at ${to} already.`, { exists: true })
    // Not every file system has links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(code)) throw error
    renameSync(part, to)
  }
}
