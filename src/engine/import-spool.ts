/** What is too large for memory, on disk beside the database while it is imported. */

import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { Spool } from './import/spool.ts'

/** Far beyond what a session is kept at, so that nobody fills a disk by mistake. */
const maxGiB = 64
const maxBytes = maxGiB * 1024 ** 3

/** Throws DISK_FULL, TOO_LARGE. */
export class FileSpool implements Spool {
  readonly #databasePath: string
  readonly #folder: string
  readonly #handle: number
  #length = 0

  constructor(databasePath: string) {
    this.#databasePath = databasePath
    this.#folder = this.#orTrouble(() => mkdtempSync(prefixOf(databasePath)))
    this.#handle = this.#orTrouble(() => openSync(this.path, 'wx+', 0o600))
  }

  get path(): string {
    return join(this.#folder, 'bytes')
  }

  write(bytes: Buffer): void {
    this.#length += bytes.length
    if (this.#length > maxBytes) {
      throw new SpanlightError(
        'TOO_LARGE',
        `It holds a session or a document of more than ${maxGiB} GiB. Open the session by itself, or import parts of it.`,
      )
    }
    this.#orTrouble(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle, bytes, at)
    })
  }

  read(start: number, end: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(end - start)
    this.#orTrouble(() => {
      for (let at = 0; at < bytes.length; ) {
        const count = readSync(this.#handle, bytes, at, bytes.length - at, start + at)
        if (count === 0) throw new Error('what was written is not there')
        at += count
      }
    })
    return bytes
  }

  close(): void {
    closeSync(this.#handle)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #orTrouble<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw spoolTrouble(this.#databasePath, error instanceof Error ? error.message : String(error))
    }
  }
}

export function spoolTrouble(databasePath: string, why: string): SpanlightError {
  return new SpanlightError(
    'DISK_FULL',
    `What is too large for memory is put on disk while it is imported, and that failed in ${dirname(databasePath)}: ${why}. ` +
      'Free some space there and import it again.',
  )
}

/** What a process that was killed left behind. Nothing may be imported into this database. */
export function clearSpools(databasePath: string): void {
  const folder = dirname(databasePath)
  const prefix = basename(prefixOf(databasePath))
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true })
    }
  } catch {
    // What can't be removed costs space and keeps nobody from importing.
  }
}

function prefixOf(databasePath: string): string {
  return `${databasePath}.import-`
}
