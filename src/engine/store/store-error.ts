/** SQLite's failures in the contract's words: what happened and what to do next. */

import Sqlite from 'better-sqlite3'
import { type ErrorCode, SpanlightError } from '#shared/contract/errors.ts'

const corrupt = 'SQLITE_CORRUPT'

const codes: readonly (readonly [prefix: string, code: ErrorCode, advice: string])[] = [
  ['SQLITE_FULL', 'DISK_FULL', 'the disk is full. Free some space.'],
  ['SQLITE_IOERR', 'DISK_FULL', 'the disk refuses to read or write. Check its free space and state.'],
  ['SQLITE_READONLY', 'STORE_READONLY', 'the file is read-only. Check its permissions.'],
  ['SQLITE_PERM', 'STORE_READONLY', 'the file may not be written. Check its permissions.'],
  ['SQLITE_CANTOPEN', 'STORE_READONLY', 'the file cannot be opened. Check the path and its permissions.'],
  ['SQLITE_BUSY', 'STORE_LOCKED', 'another program holds a lock on it. Close that program.'],
  ['SQLITE_LOCKED', 'STORE_LOCKED', 'another program holds a lock on it. Close that program.'],
  [
    corrupt,
    'STORE_CORRUPT',
    'the file is damaged. Nothing was changed; what can be read can be saved into a new file.',
  ],
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'this is not a SQLite database. Nothing was changed; choose another file.'],
]

/** `error` as a `SpanlightError`; what isn't SQLite's or the file system's comes back as it is. A damaged file is in `data.damaged`. */
export function storeErrorOf(error: unknown, file: string): unknown {
  if (error instanceof Sqlite.SqliteError) {
    const [, code, advice] = codes.find(([prefix]) => error.code.startsWith(prefix)) ?? []
    const message = `The database ${file}: ${advice ?? error.message}`
    return new SpanlightError(
      code ?? 'INTERNAL',
      message,
      error.code.startsWith(corrupt) ? { damaged: file } : undefined,
    )
  }
  if (
    error instanceof Error &&
    'code' in error &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String(error.code))
  ) {
    return new SpanlightError('STORE_READONLY', `The database ${file} can't be created: ${error.message}`)
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new SpanlightError('DISK_FULL', `The database ${file} can't be created: the disk is full.`)
  }
  return error
}
