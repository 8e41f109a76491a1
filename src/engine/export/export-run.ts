/** One export from its selection to the bytes of its file, a chunk at a time: memory doesn't grow with what is exported. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { ExportRequest } from '#shared/contract/exports.ts'
import type { QueryContext } from '../queries/context.ts'
import { formatWriters } from './export-formats.ts'
import { exportPieces } from './export-pieces.ts'
import type { ExportTally } from './export-tally.ts'
import type { Written } from './format-writer.ts'
import { htmlPage } from './html.ts'
import type { Redactor } from './redactor.ts'
import { signalsFor } from './selected-signals.ts'
import { sessionFile } from './session-file.ts'

const chunkBytes = 256 * 1024

/** Errors: BAD_INPUT, NOT_FOUND for a trace named by its id or when nothing is selected, CANCELLED. */
export async function* exportChunks(
  context: QueryContext,
  { selection, format }: Omit<ExportRequest, 'redaction'>,
  { redactor, tally }: { readonly redactor: Redactor; readonly tally: ExportTally },
): AsyncGenerator<Uint8Array> {
  const signals = signalsFor(selection, format)
  if (format === 'html') {
    yield* htmlPage(context, { selection, signals, redactor, tally })
    return
  }
  if (format === 'session') {
    yield* sessionFile(context, { selection, signals, redactor, tally })
    if (tally.isEmpty) throw nothingSelected()
    return
  }
  const writer = formatWriters[format]()
  const chunks = new Chunks()
  if (writer.begin) chunks.add(writer.begin())
  const pieces = exportPieces(context, {
    selection,
    signals,
    redactor,
    apart: format === 'otlp-json',
    notes: format === 'markdown',
    onTraces: ({ count, spanCount }) => {
      tally.selected = { traces: count, spans: spanCount }
    },
  })
  for await (const piece of pieces) {
    for (const written of writer.write(piece)) chunks.add(written)
    tally.note(piece)
    if (chunks.bytes >= chunkBytes) yield taken()
  }
  if (tally.isEmpty) throw nothingSelected()
  for (const written of writer.end?.() ?? []) chunks.add(written)
  yield taken()

  function taken(): Uint8Array {
    const bytes = chunks.take()
    tally.bytes += bytes.length
    tally.redacted = redactor.found
    return bytes
  }
}

function nothingSelected(): SpanlightError {
  return new SpanlightError(
    'NOT_FOUND',
    'Nothing that is stored matches the selection, so there is nothing to export. Widen the time range or the filters.',
  )
}

/** Many small texts as few chunks of bytes. */
class Chunks {
  readonly #parts: Uint8Array[] = []
  bytes = 0

  add(written: Written): void {
    const part = typeof written === 'string' ? Buffer.from(written) : written
    this.#parts.push(part)
    this.bytes += part.length
  }

  take(): Uint8Array {
    const chunk = Buffer.concat(this.#parts)
    this.#parts.length = 0
    this.bytes = 0
    return chunk
  }
}
