/** Files and folders of this machine as imports: found, checked for being files, and read in chunks. */

import type { Stats } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { SpanlightError } from '#shared/contract/errors.ts'
import { importChunkBytes } from '#shared/contract/imports.ts'

/** More would rather be somebody's whole disk. */
const maxFiles = 10_000

interface SourceFile {
  readonly path: string
  /** Its path within the folder that was asked for; undefined when it was asked for itself. */
  readonly inFolder: string | undefined
}

export interface ImportSource {
  /** As the report calls it. */
  readonly name: string
  /** Null where nobody knows, as of a pipe. */
  readonly sizeBytes: number | null
  readonly modifiedUnixNano: string
  readonly files: readonly SourceFile[]
}

export interface SourceChunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where a file of a folder begins. */
  readonly file: string | undefined
}

/** Throws NOT_FOUND, and BAD_INPUT for what can't be read as a file. */
export async function findSource(path: string): Promise<ImportSource> {
  const stats = await statOf(path)
  if (!stats.isDirectory()) {
    refuseOddFile(path, stats)
    const sizeBytes = stats.isFile() ? stats.size : null
    return {
      name: basename(path),
      sizeBytes,
      modifiedUnixNano: modified(stats),
      files: [{ path, inFolder: undefined }],
    }
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  if (paths.length === 0) throw new SpanlightError('BAD_INPUT', `There are no files in the folder ${path}.`)
  if (paths.length > maxFiles) {
    throw new SpanlightError(
      'BAD_INPUT',
      `${path} holds ${paths.length} files; at most ${maxFiles} are imported at once.`,
    )
  }
  const sizes = await Promise.all(paths.map(async (file) => (await statOf(file)).size))
  return {
    name: `${basename(path)}/`,
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    modifiedUnixNano: modified(stats),
    files: paths.sort().map((file) => ({ path: file, inFolder: relative(path, file) })),
  }
}

/** Throws BAD_INPUT when a file stops being readable. */
export async function* chunksOf({ files }: ImportSource): AsyncGenerator<SourceChunk> {
  for (const { path, inFolder } of files) {
    let file = inFolder
    try {
      for await (const bytes of read(path)) {
        yield { bytes, file }
        file = undefined
      }
    } catch (error) {
      throw unreadable(path, error)
    }
  }
}

/** Each chunk in a buffer of its own, because it moves to another thread. */
async function* read(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const handle = await open(path)
  try {
    for (;;) {
      const buffer = new Uint8Array(importChunkBytes)
      const { bytesRead } = await handle.read(buffer)
      if (bytesRead === 0) return
      // A pipe gives little at a time.
      yield bytesRead > importChunkBytes / 2 ? buffer.subarray(0, bytesRead) : buffer.slice(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function refuseOddFile(path: string, stats: Stats): void {
  const kind = stats.isSocket() ? 'a socket' : stats.isBlockDevice() ? 'a device' : undefined
  if (kind) throw new SpanlightError('BAD_INPUT', `${path} is ${kind}, not a file.`)
}

function modified(stats: Stats): string {
  return BigInt(Math.max(0, Math.round(stats.mtimeMs * 1e3)) * 1e3).toString()
}

function unreadable(path: string, error: unknown): SpanlightError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string }
  if (code === 'ENOENT') return new SpanlightError('NOT_FOUND', `There is no file ${path}.`)
  if (code === 'EACCES' || code === 'EPERM') {
    return new SpanlightError('BAD_INPUT', `${path} may not be read: permission was denied.`)
  }
  return new SpanlightError('BAD_INPUT', `${path} can't be read: ${message}.`)
}
