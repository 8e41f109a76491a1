/** A file that Zipkin takes: one JSON array of spans. */

import { zipkinSpan } from '../wire/zipkin-encode.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'

export class ZipkinWriter implements FormatWriter {
  #spans = 0;

  *write(piece: ExportPiece): Generator<string> {
    if (piece.kind !== 'trace') return
    for (const span of piece.spans) yield `${this.#spans++ === 0 ? '[' : ','}\n${JSON.stringify(zipkinSpan(span))}`
  }

  *end(): Generator<string> {
    yield '\n]\n'
  }
}
