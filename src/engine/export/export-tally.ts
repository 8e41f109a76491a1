/** What an export has done so far. */

import type { ExportCounts } from '#shared/contract/exports.ts'
import type { ExportPiece } from './export-pieces.ts'

export class ExportTally {
  counts: ExportCounts = { traces: 0, spans: 0, logs: 0, points: 0 }
  bytes = 0
  /** How many values each redaction rule replaced. */
  redacted: readonly { readonly rule: string; readonly count: number }[] = []
  /** Traces and spans that were selected; some may be deleted before they are read. */
  selected: { readonly traces: number; readonly spans: number } | undefined

  note(piece: ExportPiece): void {
    const { traces, spans, logs, points } = this.counts
    if (piece.kind === 'metrics') {
      this.counts = {
        ...this.counts,
        points: piece.metrics.reduce((sum, metric) => sum + metric.points.length, points),
      }
    } else if (piece.kind === 'logs') this.counts = { ...this.counts, logs: logs + piece.logs.length }
    else {
      this.counts = {
        traces: traces + (piece.last ? 1 : 0),
        spans: spans + piece.spans.length,
        logs: logs + piece.logs.length,
        points,
      }
    }
  }

  get isEmpty(): boolean {
    return this.counts.spans + this.counts.logs + this.counts.points === 0
  }
}
