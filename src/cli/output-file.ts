/** Where a command's result goes: standard output, or a file that is there as a whole or not at all. */

import { createWriteStream, type Stats } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SpanlightError } from '#shared/contract/errors.ts'

/** Ends quietly when whoever reads it has seen enough (`| head`). */
export async function writeToStdout(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false, signal })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}

/** Throws BAD_INPUT when `file` can't be written, before anything is done. */
export async function checkOutputFile(file: string, force: boolean): Promise<void> {
  const found = await statOf(file)
  if (found?.isDirectory()) {
    throw new SpanlightError('BAD_INPUT', `${file} is a directory. Name a file in it, such as -o ${file}/traces.jsonl`)
  }
  if (found?.isFile() && !force) {
    throw new SpanlightError('BAD_INPUT', `${file} exists. Choose another name, or overwrite it with --force.`)
  }
  const folder = await statOf(dirname(resolve(file)))
  if (!folder?.isDirectory()) throw new SpanlightError('BAD_INPUT', `There is no folder ${dirname(resolve(file))}.`)
}

/** Through a file beside it, which takes the name once everything is on disk. Throws DISK_FULL, BAD_INPUT. */
export async function writeToFile(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  { signal, force }: { readonly signal?: AbortSignal; readonly force: boolean },
): Promise<void> {
  const found = await statOf(file)
  // A pipe or a device can't be replaced.
  const isPlain = found === undefined || found.isFile()
  const part = isPlain ? resolve(dirname(file), `.${basename(file)}.${process.pid}.part`) : file
  try {
    await pipeline(Readable.from(chunks), createWriteStream(part, { flags: isPlain ? 'wx' : 'w' }), {
      ...(signal && { signal }),
    })
    if (isPlain) {
      await flush(part)
      // Whatever took so long: somebody else may have written a file of this name meanwhile.
      await checkOutputFile(file, force)
      await rename(part, file)
    }
  } catch (error) {
    if (isPlain) await rm(part, { force: true })
    throw fileErrorOf(error, file)
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw fileErrorOf(error, file)
  }
}

function fileErrorOf(error: unknown, file: string): unknown {
  if (error instanceof SpanlightError || !(error instanceof Error && 'code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new SpanlightError('DISK_FULL', `${file} can't be written: the disk is full. Nothing was left behind.`)
  }
  return new SpanlightError('BAD_INPUT', `${file} can't be written: ${error.message}`)
}
