/**
 * Traces from Tempo's API: OTLP under an older key (`batches`) or one level down (`trace`), older names within
 * (`instrumentationLibrarySpans`), and ids in base64, as protobuf's own JSON mapping has them. All of it is renamed to OTLP.
 */

import { spanIdBytes, toHex, traceIdBytes } from '#shared/model/ids.ts'
import { fromBase64 } from '#shared/model/jsonb.ts'
import type { JsonFormat } from './import-format.ts'
import type { JsonObject } from './json-fields.ts'
import { isJsonObject, type OtlpDocument } from './otlp-document.ts'
import { listOf, recordsOf } from './otlp-values.ts'

export const tempoFormat: JsonFormat = { name: 'Tempo JSON', recognises, toOtlp: tempoToOtlp }

function recognises(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  if (Array.isArray(value.batches)) return true
  if (isJsonObject(value.trace)) return Array.isArray(value.trace.resourceSpans) || Array.isArray(value.trace.batches)
  const [first] = listOf(value.resourceSpans)
  if (!isJsonObject(first)) return false
  if ('instrumentationLibrarySpans' in first) return true
  const [scope] = listOf(first.scopeSpans)
  const [span] = isJsonObject(scope) ? listOf(scope.spans) : []
  return isJsonObject(span) && typeof span.traceId === 'string' && isBase64Id(span.traceId, traceIdBytes)
}

function tempoToOtlp(values: readonly unknown[]): OtlpDocument {
  return { resourceSpans: values.flatMap((value) => batchesOf(value).map(renamedBatch)) }
}

function batchesOf(value: unknown): readonly unknown[] {
  if (!isJsonObject(value)) return []
  const inner = isJsonObject(value.trace) ? value.trace : value
  return [...recordsOf(inner.batches), ...recordsOf(inner.resourceSpans)]
}

function renamedBatch(batch: unknown): unknown {
  if (!isJsonObject(batch)) return { scopeSpans: [renamedScope(batch)] }
  const { instrumentationLibrarySpans, scopeSpans, ...rest } = batch
  return {
    ...rest,
    scopeSpans: [...recordsOf(scopeSpans), ...recordsOf(instrumentationLibrarySpans)].map(renamedScope),
  }
}

function renamedScope(group: unknown): unknown {
  // To be refused as the one record it may have been.
  if (!isJsonObject(group)) return { spans: [group] }
  const { instrumentationLibrary, ...rest } = group
  return {
    ...rest,
    scope: group.scope ?? instrumentationLibrary,
    spans: recordsOf(group.spans).map((span) => (isJsonObject(span) ? spanWithHexIds(span) : span)),
  }
}

function spanWithHexIds(span: JsonObject): JsonObject {
  return {
    ...span,
    traceId: hexId(span.traceId, traceIdBytes),
    spanId: hexId(span.spanId, spanIdBytes),
    parentSpanId: hexId(span.parentSpanId, spanIdBytes),
    links: listOf(span.links).map((link) =>
      isJsonObject(link)
        ? { ...link, traceId: hexId(link.traceId, traceIdBytes), spanId: hexId(link.spanId, spanIdBytes) }
        : link,
    ),
  }
}

function hexId(id: unknown, bytes: number): unknown {
  return typeof id === 'string' && isBase64Id(id, bytes) ? toHex(fromBase64(id)) : id
}

/** By length alone they are told apart: 16 bytes are 32 digits in hex, 24 in base64. */
function isBase64Id(id: string, bytes: number): boolean {
  const digits = Math.ceil((bytes * 4) / 3)
  return /^[\w+/-]+={0,2}$/.test(id) && id.replace(/=+$/, '').length === digits
}
