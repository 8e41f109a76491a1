/** Imports bytes into a running engine the way every host does: in chunks, to the report. */

import type { Engine } from '../../src/engine/engine.ts'
import type { ImportReport } from '../../src/shared/contract/imports.ts'

export interface ImportOptions {
  readonly name?: string
  readonly as?: 'auto' | 'text'
  readonly service?: string
  readonly modifiedUnixNano?: string
  /** Small ones cut documents in the middle. */
  readonly chunkBytes?: number
}

export async function importBytes(
  { context: { imports } }: Engine,
  bytes: string | Uint8Array,
  { chunkBytes = 64 * 1024, ...options }: ImportOptions = {},
): Promise<ImportReport> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const { id } = imports.begin({ name: 'test', sizeBytes: all.length, as: 'auto', ...options })
  for (let start = 0; start < all.length; start += chunkBytes) {
    const { state } = await imports.append(id, new Uint8Array(all.subarray(start, start + chunkBytes)))
    if (state !== 'running') break
  }
  return imports.finish(id)
}

/** The report of an import that reads by itself. */
export async function endedImport({ context }: Engine, id: string | undefined): Promise<ImportReport | undefined> {
  for await (const reports of context.imports.watch(undefined)) {
    const report = reports.find((each) => each.id === id)
    if (report?.state !== 'running') return report
  }
  return undefined
}
