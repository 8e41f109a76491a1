/** What a person wants of an operation's latency: T of its Apdex, kept by name so that it survives the data. */

import type { WriteDb } from './database.ts'

export interface ApdexThreshold {
  readonly service: string
  readonly operation: string
  /** OTLP span kind. */
  readonly kind: number
  /** Null returns to the default. */
  readonly thresholdNs: number | null
}

/** Within the caller's transaction. */
export function writeApdexThreshold(db: WriteDb, { service, operation, kind, thresholdNs }: ApdexThreshold): void {
  if (thresholdNs === null) {
    db.prepare('DELETE FROM apdex_threshold WHERE service = ? AND operation = ? AND kind = ?').run(
      service,
      operation,
      kind,
    )
    return
  }
  db.prepare('REPLACE INTO apdex_threshold (service, operation, kind, threshold_ns) VALUES (?, ?, ?, ?)').run(
    service,
    operation,
    kind,
    BigInt(Math.round(thresholdNs)),
  )
}
