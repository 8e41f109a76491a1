/** Finds how a session can be read without being written: in place, or as a copy that is brought up to date. */

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { checkOwner, openAlone, openWriter } from './database.ts'
import { refuseFuture, schemaVersion, versionOf } from './migrate.ts'
import { existingSession } from './session-path.ts'
import { storeErrorOf } from './store-error.ts'

const prefix = 'spanlight-session-'

export interface ReadableFile {
  readonly file: string
  /** Why it is a copy; null where it is the file itself. */
  readonly notice: string | null
}

/** Throws `SpanlightError` for what is no session or can't be read. */
export function readableFile(path: string): ReadableFile {
  const file = existingSession(path)
  const version = versionInPlace(file)
  if (version === schemaVersion) return { file, notice: null }
  const notice =
    version === undefined
      ? 'Its folder is read-only, so a temporary copy of it is shown.'
      : 'It is of an older Spanlight: a temporary copy, brought up to date, is shown. The file itself stays as it is.'
  return { file: migratedCopy(file), notice }
}

/** Removes what `readableFile` made, and nothing else. */
export function discardCopy(file: string): void {
  const folder = dirname(file)
  if (basename(folder).startsWith(prefix)) rmSync(folder, { recursive: true, force: true })
}

/** Undefined where SQLite can't open it in this place: a log file would have to be made beside it. */
function versionInPlace(file: string): number | undefined {
  try {
    const db = openAlone(file)
    try {
      checkOwner(db, file)
      refuseFuture(db, file)
      return versionOf(db)
    } finally {
      db.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|STORE_READONLY)/.test(code)) return undefined
    throw storeErrorOf(error, file)
  }
}

function migratedCopy(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  const copy = join(folder, basename(file))
  try {
    copyFileSync(file, copy)
    // What was committed but not yet copied into the file.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    openWriter(copy, { durable: false }).close()
    return copy
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw storeErrorOf(error, file)
  }
}
