/** What is derived from a log record the same way whatever format it came in: its trace context and its search text. */

import { isValidId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'
import { type AttributeValue, isKeyValueList, type Packed, unpack, unpackAttributes } from '#shared/model/jsonb.ts'
import { RejectedRecord, reasons } from './decode-error.ts'

/** What full text keeps of one record; longer bodies are stored whole but found by their beginning. */
const maxSearchCharacters = 64 * 1024

/**
 * Both ids are optional in a log record; absent, empty and all-zero mean the same.
 * Throws `RejectedRecord` for an id of a wrong length, which would silently lose its trace.
 */
export function traceContextOf(
  traceId: Uint8Array | undefined,
  spanId: Uint8Array | undefined,
): { traceId: Uint8Array | null; spanId: Uint8Array | null } {
  return {
    traceId: optionalId(traceId, traceIdBytes, reasons.traceId),
    spanId: optionalId(spanId, spanIdBytes, reasons.spanId),
  }
}

function optionalId(id: Uint8Array | undefined, length: number, reason: string): Uint8Array | null {
  if (!id || id.length === 0) return null
  if (id.length !== length) throw new RejectedRecord(reason)
  return isValidId(id, length) ? id : null
}

/** The body's text, the event name, and type and message of an exception in the attributes. */
export function searchTextOf(body: Packed | null, eventName: string, attributes: Packed): string {
  const parts: string[] = []
  if (body) collectText(unpack(body), parts)
  if (eventName !== '') parts.push(eventName)
  if (mentionsException(attributes)) {
    for (const { key, value } of unpackAttributes(attributes)) {
      if ((key === 'exception.type' || key === 'exception.message') && typeof value === 'string') parts.push(value)
    }
  }
  return parts.join(' ').slice(0, maxSearchCharacters)
}

function mentionsException(attributes: Packed): boolean {
  const { buffer, byteOffset, byteLength } = attributes
  return Buffer.from(buffer, byteOffset, byteLength).includes('exception.', 0, 'latin1')
}

function collectText(value: AttributeValue, parts: string[]): void {
  if (typeof value === 'string') parts.push(value)
  else if (typeof value === 'number' || typeof value === 'bigint') parts.push(value.toString())
  else if (Array.isArray(value)) for (const item of value) collectText(item, parts)
  else if (value !== null && typeof value === 'object' && !(value instanceof Uint8Array) && isKeyValueList(value)) {
    for (const pair of value.pairs) {
      parts.push(pair.key)
      collectText(pair.value, parts)
    }
  }
}
