/** An export under way in the dialog: started by a click, followed, cancelled, over. */

import { useCallback, useEffect, useRef, useState } from 'react'
import { type ExportProgress, type ExportRequest, exportFormatFacts } from '#shared/contract/exports.ts'
import { fetchExport } from '../../client/fetch-export.ts'
import { openFileSink } from './file-sink.ts'

export type ExportRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: ExportProgress | undefined }
  | { readonly kind: 'done'; readonly fileName: string; readonly progress: ExportProgress }
  | { readonly kind: 'failed'; readonly error: unknown }

export interface ExportRunner {
  readonly run: ExportRun
  readonly start: (request: ExportRequest, expectedBytes: number) => Promise<void>
  readonly cancel: () => void
}

export function useExportRun(): ExportRunner {
  const [run, setRun] = useState<ExportRun>({ kind: 'idle' })
  const abort = useRef<AbortController>(undefined)
  const cancel = useCallback(() => {
    abort.current?.abort()
    abort.current = undefined
    setRun({ kind: 'idle' })
  }, [])
  // Whoever closes the dialog wants no file any more.
  useEffect(() => () => abort.current?.abort(), [])

  async function start(request: ExportRequest, expectedBytes: number): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    abort.current = controller
    setRun({ kind: 'running', progress: undefined })
    let fileName = `spanlight${exportFormatFacts[request.format].extension}`
    try {
      const sink = await openFileSink(() => fileName, exportFormatFacts[request.format].mediaType, expectedBytes)
      try {
        const { progress } = await fetchExport(request, {
          signal,
          onStart: (name) => {
            fileName = name
          },
          onChunk: (chunk) => sink.write(chunk),
          onProgress: (now) => {
            if (!signal.aborted) setRun({ kind: 'running', progress: now })
          },
        })
        await sink.close()
        setRun({ kind: 'done', fileName, progress })
      } catch (error) {
        await sink.abort().catch(() => undefined)
        throw error
      }
    } catch (error) {
      const isCancelled = signal.aborted || (error instanceof DOMException && error.name === 'AbortError')
      if (!isCancelled) setRun({ kind: 'failed', error })
      else if (abort.current === controller) setRun({ kind: 'idle' })
    }
  }

  return { run, start, cancel }
}
