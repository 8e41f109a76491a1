/** Stored traces as OTLP/JSON: field for field what was sent. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { spanByKey, spansOfTrace } from '../queries/stored-rows.ts'
import type { SpanKey } from '../queries/trace-span.ts'
import { traceNotFound } from '../queries/trace-summary.ts'
import { resourceJson, scopeJson } from '../wire/otlp-json-encode.ts'
import { spanJson } from '../wire/otlp-traces-json-encode.ts'
import { OtlpDocument } from './otlp-document.ts'
import { Places, spanOfRow } from './record-of-row.ts'

/** A trace as UTF-8 OTLP/JSON `{"resourceSpans": […]}`. Throws NOT_FOUND, TOO_LARGE, CANCELLED. */
export async function traceAsOtlp({ db, signal }: QueryContext, { traceId }: { traceId: string }): Promise<Uint8Array> {
  const places = new Places(db)
  const document = new OtlpDocument({ resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' })
  for (const rows of spansOfTrace(db, Buffer.from(traceId, 'hex'))) {
    for (const row of rows) {
      const span = spanOfRow(places, row)
      document.add(span, spanJson(span))
    }
    await breathe(signal)
  }
  if (document.isEmpty) throw traceNotFound(db, traceId)
  return document.finish()
}

/** One span as a complete OTLP/JSON document. Throws NOT_FOUND. */
export function spanAsOtlp({ db }: QueryContext, key: SpanKey): unknown {
  const row = spanByKey(db, Buffer.from(key.traceId, 'hex'), Buffer.from(key.spanId, 'hex'), key.twin)
  if (!row) throw new SpanlightError('NOT_FOUND', `Trace ${key.traceId} has no span ${key.spanId} here.`)
  const span = spanOfRow(new Places(db), row)
  const scope = { ...scopeJson(span.scope), spans: [spanJson(span)] }
  return { resourceSpans: [{ ...resourceJson(span.resource), scopeSpans: [scope] }] }
}
