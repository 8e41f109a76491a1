/** Sends files to the engine chunk by chunk, as one import. */

import { type ImportReport, importChunkBytes } from '#shared/contract/imports.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { Api } from './api.ts'

/** A file and its path in what was dropped or chosen. */
export interface PickedFile {
  readonly path: string
  readonly file: Blob & { readonly lastModified: number }
}

export interface SendOptions {
  readonly name: string
  readonly files: readonly PickedFile[]
  readonly signal: AbortSignal
  onBegin(id: string): void
}

/** A file that can't be read any more; what was sent of it before is stored. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

/** Throws what the calls throw, and `UnreadableFile`. When `signal` aborts, the report tells of what was stored. */
export async function sendFiles(
  { begin, append, finish, cancel }: Pick<Api['imports'], 'begin' | 'append' | 'finish' | 'cancel'>,
  { name, files, signal, onBegin }: SendOptions,
): Promise<ImportReport> {
  const sizeBytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const modified = Math.max(...files.map(({ file }) => file.lastModified))
  const { id } = await begin({ name, sizeBytes, modifiedUnixNano: String(fromUnixMillis(modified)) })
  onBegin(id)
  for (const { path, file } of files) {
    for (let start = 0; start === 0 || start < file.size; start += importChunkBytes) {
      if (signal.aborted) return cancel({ id })
      const chunk = await read(path, file.slice(start, start + importChunkBytes)).catch(async (error: unknown) => {
        await cancel({ id })
        throw error
      })
      // One file needs no name of its own: the import has it.
      const { state } = await append({ id, chunk, ...(start === 0 && files.length > 1 ? { file: path } : {}) })
      if (state !== 'running') return finish({ id })
    }
  }
  return signal.aborted ? cancel({ id }) : finish({ id })
}

/** The bytes themselves: a part of a file that changed or is gone would fail somewhere on the way. */
async function read(path: string, part: Blob): Promise<Blob> {
  try {
    return new Blob([await part.arrayBuffer()])
  } catch {
    throw new UnreadableFile(`${path} can't be read: it was changed, moved or removed meanwhile, or may not be read.`)
  }
}
