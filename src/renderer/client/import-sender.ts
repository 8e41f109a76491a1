/** Sends files to the engine chunk by chunk, as one import. */

import { type ImportReport, importChunkBytes } from '#shared/contract/imports.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { Api } from './api.ts'

/** A file and its path in what was dropped or chosen. */
export interface PickedFile {
  readonly path: string
  /** Undefined when it can't be read. */
  readonly file: (Blob & { readonly lastModified: number }) | undefined
}

export interface SendOptions {
  readonly name: string
  readonly files: readonly PickedFile[]
  readonly as: 'auto' | 'text'
  readonly signal: AbortSignal
  onBegin(id: string): void
}

const unreadable = "it can't be read: it was changed, moved or removed meanwhile, or may not be read"

/** A file that can't be read is told in the report, beside those that could. When `signal` aborts, the report tells of what was stored. */
export async function sendFiles(
  { begin, append, refuse, finish, cancel }: Pick<Api['imports'], 'begin' | 'append' | 'refuse' | 'finish' | 'cancel'>,
  { name, files, as, signal, onBegin }: SendOptions,
): Promise<ImportReport> {
  const sizeBytes = files.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  const modified = Math.max(0, ...files.map(({ file }) => file?.lastModified ?? 0))
  const { id } = await begin({ name, sizeBytes, modifiedUnixNano: String(fromUnixMillis(modified)), as })
  onBegin(id)
  for (const { path, file } of files) {
    // One file needs no name of its own: the import has it.
    const name = files.length > 1 ? path : null
    for (let start = 0; start === 0 || start < (file?.size ?? 0); start += importChunkBytes) {
      if (signal.aborted) return cancel({ id })
      const chunk = await read(file?.slice(start, start + importChunkBytes))
      const { state } =
        chunk === undefined
          ? await refuse({ id, file: name, reason: unreadable })
          : await append({ id, chunk, ...(start === 0 && name !== null && { file: name }) })
      if (state !== 'running') return finish({ id })
      if (chunk === undefined) break
    }
  }
  return signal.aborted ? cancel({ id }) : finish({ id })
}

/** The bytes themselves: a part of a file that changed or is gone would fail somewhere on the way. Undefined when it can't be read. */
async function read(part: Blob | undefined): Promise<Blob | undefined> {
  try {
    return part && new Blob([await part.arrayBuffer()])
  } catch {
    return undefined
  }
}
