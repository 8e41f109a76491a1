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
  /** Why it isn't read, where that is known before. */
  readonly problem?: string
}

export interface ImportSource {
  /** As the report calls it. */
  readonly name: string
  /** Null where nobody knows, as of a pipe. */
  readonly sizeBytes: number | null
  readonly modifiedUnixNano: string | undefined
  readonly files: readonly SourceFile[]
}

/** `file` is there where a file of a folder begins, or can't be read. */
export type SourceChunk =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly file: string | undefined }
  | { readonly problem: string; readonly file: string | undefined }

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
  const found = await filesIn(path)
  if (found.length === 0) throw new SpanlightError('BAD_INPUT', `There are no files in the folder ${path}.`)
  return {
    name: `${basename(path)}/`,
    sizeBytes: found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedUnixNano: modified(stats),
    files: found
      .sort((left, right) => (left.path < right.path ? -1 : 1))
      .map(({ path: file, problem }) => ({ path: file, inFolder: relative(path, file), ...(problem && { problem }) })),
  }
}

/** Stands for what `findSource` threw at, beside others that can be read. */
export function unreadSource(path: string, error: unknown): ImportSource {
  const problem = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
  return {
    name: basename(path),
    sizeBytes: null,
    modifiedUnixNano: undefined,
    files: [{ path, inFolder: undefined, problem }],
  }
}

/** All files one after the other; one that can't be read, or not to its end, says so and the next one follows. */
export async function* chunksOf({ files }: ImportSource): AsyncGenerator<SourceChunk> {
  for (const { path, inFolder, problem } of files) {
    let file = inFolder
    if (problem !== undefined) {
      yield { problem, file }
      continue
    }
    try {
      for await (const bytes of read(path)) {
        yield { bytes, file }
        file = undefined
      }
    } catch (error) {
      yield { problem: problemOf(error), file: inFolder }
    }
  }
}

interface FoundFile {
  readonly path: string
  readonly sizeBytes: number
  readonly problem?: string
}

/** Everything in a folder that isn't a folder. Throws BAD_INPUT. */
async function filesIn(root: string): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  const folders = [root]
  for (const folder of folders) {
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      const paths = entries.map((entry) => [join(folder, entry.name), entry.isDirectory()] as const)
      folders.push(...paths.filter(([, isFolder]) => isFolder).map(([path]) => path))
      found.push(...(await Promise.all(paths.filter(([, isFolder]) => !isFolder).map(([path]) => foundFile(path)))))
    } catch (error) {
      if (folder === root) throw unreadable(root, error)
      found.push({ path: folder, sizeBytes: 0, problem: problemOf(error) })
    }
    if (found.length > maxFiles) {
      throw new SpanlightError('BAD_INPUT', `${root} holds more than ${maxFiles} files: import parts of it.`)
    }
  }
  return found
}

async function foundFile(path: string): Promise<FoundFile> {
  try {
    const stats = await stat(path)
    const kind = stats.isDirectory()
      ? 'a link to a folder'
      : (oddKind(stats) ?? (stats.isFIFO() ? 'a pipe' : undefined))
    return { path, sizeBytes: stats.size, ...(kind && { problem: `it is ${kind}, not a file` }) }
  } catch (error) {
    return { path, sizeBytes: 0, problem: problemOf(error) }
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
  const kind = oddKind(stats)
  if (kind) throw new SpanlightError('BAD_INPUT', `${path} is ${kind}, not a file.`)
}

function oddKind(stats: Stats): string | undefined {
  return stats.isSocket() ? 'a socket' : stats.isBlockDevice() ? 'a device' : undefined
}

function modified(stats: Stats): string {
  return BigInt(Math.max(0, Math.round(stats.mtimeMs * 1e3)) * 1e3).toString()
}

function unreadable(path: string, error: unknown): SpanlightError {
  const { code } = error as { code?: string }
  if (code === 'ENOENT') return new SpanlightError('NOT_FOUND', `There is no file ${path}.`)
  return new SpanlightError('BAD_INPUT', `${path} can't be read: ${problemOf(error)}.`)
}

/** For a report, which names the file beside it. */
function problemOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string }
  if (code === 'ENOENT') return 'it is gone, or a link that leads nowhere'
  return code === 'EACCES' || code === 'EPERM' ? 'permission to read it was denied' : message
}
