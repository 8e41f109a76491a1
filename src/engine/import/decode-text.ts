/** Lines of text → log records: what belongs together is joined across the pieces of a file. */

import type { DecodeContext } from '../wire/import-format.ts'
import { LogLines } from '../wire/log-lines.ts'
import { decodeLogsJson } from '../wire/otlp-logs-json.ts'
import type { Intake } from './decode-documents.ts'
import type { Document } from './document.ts'

export class TextDecoder {
  readonly #lines: LogLines
  readonly #context: DecodeContext

  constructor(context: DecodeContext) {
    this.#context = context
    this.#lines = new LogLines({ fallbackService: context.service, isWatched: false })
  }

  decode(documents: readonly Document[], intake: Intake): void {
    intake.format('log lines')
    for (const { bytes } of documents) this.#lines.add(bytes.toString('utf8'), this.#context.fallbackUnixNano)
    this.#take(intake)
  }

  /** The last record has no further lines. */
  end(intake: Intake): void {
    this.#lines.end()
    this.#take(intake)
  }

  #take(intake: Intake): void {
    const resourceLogs = this.#lines.take()
    if (resourceLogs.length > 0) intake.batch({ logs: decodeLogsJson({ resourceLogs }) })
  }
}
