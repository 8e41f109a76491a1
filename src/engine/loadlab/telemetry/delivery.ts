/** What was sent and what was not: every record the lab makes is counted once, as delivered or as refused. */

import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { SpanExporter } from '@opentelemetry/sdk-trace'

type Signal = 'spans' | 'logs' | 'points'
type Answer = Parameters<Parameters<SpanExporter['export']>[1]>[0]

/** `ExportResultCode.SUCCESS` of the SDK. */
const success = 0

export class Delivery {
  readonly sent: Record<Signal, number> = { spans: 0, logs: 0, points: 0 }
  /** Refused by the receiver, or not delivered in time. */
  refused = 0
  /** Spans that ended and are meant to arrive. */
  endedSpans = 0
  refusedSpans = 0
  /** Why the last export failed; null when it did not. */
  problem: string | null = null

  note(signal: Signal, count: number, error: Error | undefined): void {
    if (error) {
      this.refused += count
      if (signal === 'spans') this.refusedSpans += count
      this.problem = reasonOf(error)
    } else {
      this.sent[signal] += count
      this.problem = null
    }
  }

  /** Spans the SDK let go because its queue was full, known once all is flushed. */
  settle(): void {
    const lost = this.endedSpans - this.sent.spans - this.refusedSpans
    if (lost > 0) {
      this.refused += lost
      this.refusedSpans += lost
    }
  }

  countSpans(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans, done) => exporter.export(spans, this.#counted('spans', spans.length, done)),
      shutdown: () => exporter.shutdown(),
      forceFlush: async () => exporter.forceFlush?.(),
    }
  }

  countLogs(exporter: LogRecordExporter): LogRecordExporter {
    return {
      export: (logs, done) => exporter.export(logs, this.#counted('logs', logs.length, done)),
      shutdown: () => exporter.shutdown(),
      forceFlush: () => exporter.forceFlush(),
    }
  }

  #counted(signal: Signal, count: number, done: (answer: Answer) => void): (answer: Answer) => void {
    return (answer) => {
      this.note(signal, count, answer.code === success ? undefined : (answer.error ?? new Error('the export failed')))
      // The SDK writes failures to its log each time; they are told once, in the lab's own words.
      done({ code: success })
    }
  }
}

function reasonOf(error: Error): string {
  const { code } = error as { readonly code?: unknown }
  const text = error.message || (typeof code === 'string' ? code : error.name)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
