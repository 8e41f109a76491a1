/** A selection of traces as one HTML file: the built page, and in it the data, compressed. */

import { randomBytes } from 'node:crypto'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { ExportSelection } from '#shared/contract/exports.ts'
import type { ExportedTrace, ExportManifest } from '#shared/contract/html-export.ts'
import { toHex } from '#shared/model/ids.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { QueryContext } from '../queries/context.ts'
import { listNotes } from '../queries/notes.ts'
import type { ExportTally } from './export-tally.ts'
import { htmlBlock } from './html-blocks.ts'
import { htmlTemplate } from './html-template.ts'
import { htmlTrace } from './html-trace.ts'
import type { Redactor } from './redactor.ts'
import type { SelectedSignals } from './selected-signals.ts'
import { selectTraces } from './selected-traces.ts'

/** What a browser still opens in seconds. */
const htmlLimits = { traces: 1_000, fileBytes: 128 * 1024 * 1024 } as const

const chunkBytes = 256 * 1024

export interface HtmlPageOptions {
  readonly selection: ExportSelection
  readonly signals: SelectedSignals
  readonly redactor: Redactor
  readonly tally: ExportTally
}

/**
 * Nothing of the data stands in the page but as base64, so no text of it can become a part of the page.
 * Errors: BAD_INPUT for a selection without traces, NOT_FOUND, TOO_LARGE beyond `htmlLimits`, CANCELLED.
 */
export async function* htmlPage(context: QueryContext, options: HtmlPageOptions): AsyncGenerator<Uint8Array> {
  const { tally } = options
  let chunk: string[] = []
  let length = 0
  const taken = (): Uint8Array => {
    const bytes = Buffer.from(chunk.join(''))
    chunk = []
    length = 0
    tally.bytes += bytes.length
    tally.redacted = options.redactor.found
    return bytes
  }
  for await (const text of htmlTexts(context, options)) {
    chunk.push(text)
    length += text.length
    if (tally.bytes + length > htmlLimits.fileBytes) {
      throw new SpanlightError(
        'TOO_LARGE',
        'As one HTML file this would be larger than 128 MiB, which no browser opens well. Select fewer traces, or export a session or OTLP.',
      )
    }
    if (length >= chunkBytes) yield taken()
  }
  yield taken()
}

async function* htmlTexts(
  context: QueryContext,
  { selection, signals, redactor, tally }: HtmlPageOptions,
): AsyncGenerator<string> {
  if (!signals.traces)
    throw new SpanlightError('BAD_INPUT', 'An HTML file shows traces with their logs; the selection has no traces.')
  const { ids } = await selectTraces(context, selection)
  tally.selected = { traces: ids.count, spans: ids.spanCount }
  if (ids.count === 0) {
    throw new SpanlightError('NOT_FOUND', 'No trace that is stored matches the selection. Widen it and try again.')
  }
  if (ids.count > htmlLimits.traces) {
    throw new SpanlightError(
      'TOO_LARGE',
      `An HTML file holds at most ${htmlLimits.traces} traces; the selection has ${ids.count}. Narrow it, or export OTLP.`,
    )
  }
  const traceIds = [...ids.oldestFirst()].map(toHex)
  const inFile = new Set(traceIds)
  const { before, after } = await htmlTemplate(randomBytes(16).toString('base64'))
  yield before
  const traces: ExportedTrace[] = []
  for (const traceId of traceIds) {
    const trace = yield* htmlTrace(context, traceId, {
      redactor,
      tally,
      index: traces.length,
      withLogs: signals.logs !== 'none',
      isInFile: (id) => inFile.has(id),
    })
    traces.push(trace)
  }
  const notes = traceIds
    .flatMap((traceId) => listNotes(context, { traceId }).notes)
    .map((note) => ({ ...note, about: redactor.text('note', note.about), text: redactor.text('note', note.text) }))
  const manifest: ExportManifest = {
    version: 1,
    exportedUnixNano: fromUnixMillis(Date.now()).toString(),
    notes,
    redaction: redactionTold(redactor),
    traces,
  }
  yield* htmlBlock('manifest', [JSON.stringify(manifest)])
  yield after
}

/** Not the patterns of words: a pattern may be the very word that must not leave. */
function redactionTold({ isOff, redaction, found }: Redactor): ExportManifest['redaction'] {
  return isOff ? null : { rules: redaction.rules, names: redaction.names, replaced: found }
}
