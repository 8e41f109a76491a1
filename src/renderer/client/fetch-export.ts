/** Fetches an export chunk by chunk: the engine goes on only as far as it is asked. */

import type { ExportProgress, ExportRequest } from '#shared/contract/exports.ts'
import { api } from './api.ts'

export interface FetchedExport {
  readonly fileName: string
  readonly progress: ExportProgress
}

export interface FetchOptions {
  readonly signal: AbortSignal
  /** Called before the first chunk and after each; what it awaits is awaited. */
  readonly onStart?: (fileName: string) => void
  readonly onChunk: (chunk: Blob) => void | Promise<void>
  readonly onProgress?: (progress: ExportProgress) => void
}

/** Ends with what was exported. Throws the engine's errors, and an `AbortError` when it was cancelled. */
export async function fetchExport(request: ExportRequest, options: FetchOptions): Promise<FetchedExport> {
  const { signal } = options
  const { exportId, fileName } = await api.exports.start(request, { signal })
  options.onStart?.(fileName)
  try {
    for (;;) {
      const { chunk, progress } = await api.exports.next({ exportId }, { signal })
      if (chunk !== null) await options.onChunk(chunk)
      options.onProgress?.(progress)
      if (progress.done) return { fileName, progress }
    }
  } catch (error) {
    // Whatever went wrong here, there it would wait for a minute.
    void api.exports.cancel({ exportId }).catch(() => undefined)
    throw error
  }
}

/** A small export as text, for the clipboard. */
export async function fetchExportText(request: ExportRequest): Promise<string> {
  const chunks: Blob[] = []
  const { signal } = new AbortController()
  await fetchExport(request, { signal, onChunk: (chunk) => void chunks.push(chunk) })
  return new Blob(chunks).text()
}
