/** An exporter thread: one export on a read handle of its own, a chunk each time it is asked for one. */

import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportProgress } from '#shared/contract/exports.ts'
import { exportChunks } from '../export/export-run.ts'
import { ExportTally } from '../export/export-tally.ts'
import { Redactor } from '../export/redactor.ts'
import { openReader } from '../store/database.ts'
import { storeErrorOf } from '../store/store-error.ts'
import { toFailure } from './failure.ts'
import type { ExporterOptions, FromExporter, ToExporter } from './messages.ts'

if (parentPort) {
  const port = parentPort
  const { databasePath, request, redaction } = workerData as ExporterOptions
  const post = (message: FromExporter, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
  const abort = new AbortController()
  const tally = new ExportTally()
  try {
    const db = openReader(databasePath)
    const redactor = new Redactor(redaction, randomBytes(32))
    const chunks = exportChunks({ db, signal: abort.signal }, request, { redactor, tally })
    const next = async (): Promise<void> => {
      try {
        const { value, done } = await chunks.next()
        const progress = progressOf(tally, done === true)
        if (done === true) post({ type: 'chunk', bytes: null, progress })
        else {
          // A copy of its own: small buffers of Node share their memory.
          const bytes = new Uint8Array(value)
          post({ type: 'chunk', bytes, progress }, [bytes.buffer])
        }
      } catch (error) {
        post({ type: 'failed', failure: toFailure(storeErrorOf(error, databasePath)) })
      }
    }
    port.on('message', (message: ToExporter) => {
      if (message.type === 'next') void next()
      else {
        abort.abort()
        // What it left in the folder for temporary files goes first.
        void chunks
          .return(undefined)
          .catch(() => undefined)
          .then(() => {
            db.close()
            port.close()
          })
      }
    })
  } catch (error) {
    post({ type: 'failed', failure: toFailure(error) })
  }
}

function progressOf({ counts, bytes, selected, redacted }: ExportTally, done: boolean): ExportProgress {
  const { traces, spans } = counts
  // Logs and points have no total that is cheap to know; while they come the share stands still.
  const share = done ? 1 : selected && selected.spans > 0 ? Math.min(0.99, spans / selected.spans) : null
  const gone = selected && done ? selected.traces - traces : 0
  return {
    counts,
    bytes,
    share,
    done,
    redacted: redacted.reduce((sum, { count }) => sum + count, 0),
    notices: gone > 0 ? [`${gone} of the traces were deleted before they could be read.`] : [],
  }
}
