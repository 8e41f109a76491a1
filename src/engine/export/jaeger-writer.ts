/** A file that Jaeger's UI opens: `{"data": [trace, …]}`, each trace written while it is read. */

import type { ResourceData } from '#shared/model/telemetry-data.ts'
import { jaegerProcess, jaegerSpan } from '../wire/jaeger-encode.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'

export class JaegerWriter implements FormatWriter {
  #traces = 0
  /** Of the trace that is open: spans name their process, which is written after them. */
  readonly #processes = new Map<ResourceData, string>()
  #isOpen = false

  begin(): string {
    return '{"data":['
  }

  *write(piece: ExportPiece): Generator<string> {
    if (piece.kind !== 'trace') return
    for (const span of piece.spans) {
      yield this.#isOpen ? ',\n' : this.#open(piece.traceId)
      yield JSON.stringify(jaegerSpan(span, this.#processOf(span.resource)))
    }
    if (piece.last && this.#isOpen) yield this.#close()
  }

  *end(): Generator<string> {
    yield `],"total":${this.#traces},"limit":0,"offset":0,"errors":null}\n`
  }

  #open(traceId: string): string {
    this.#isOpen = true
    return `${this.#traces++ === 0 ? '' : ','}\n{"traceID":"${traceId}","spans":[\n`
  }

  #close(): string {
    const processes = Object.fromEntries(
      [...this.#processes].map(([resource, id]) => [id, jaegerProcess(resource)] as const),
    )
    this.#processes.clear()
    this.#isOpen = false
    return `],\n"processes":${JSON.stringify(processes)},"warnings":null}`
  }

  #processOf(resource: ResourceData): string {
    let id = this.#processes.get(resource)
    if (id === undefined) {
      id = `p${this.#processes.size + 1}`
      this.#processes.set(resource, id)
    }
    return id
  }
}
