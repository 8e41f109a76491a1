/** About how many bytes a row holds: what varies is counted, the fixed columns and their indexes are a constant. */

import type { LogRecord, PointRecord, SpanRecord } from '#shared/model/batch.ts'

const spanFixedBytes = 130
const logFixedBytes = 110
const pointFixedBytes = 70

export function spanBytes({ attributes, events, links, statusMessage, traceState }: SpanRecord): number {
  const varying = attributes.length + (events?.length ?? 0) + (links?.length ?? 0)
  return spanFixedBytes + varying + statusMessage.length + traceState.length
}

export function logBytes({ attributes, body, searchText }: LogRecord): number {
  return logFixedBytes + attributes.length + (body?.length ?? 0) + searchText.length
}

export function pointBytes({ detail, exemplars }: PointRecord): number {
  return pointFixedBytes + (detail?.length ?? 0) + exemplars.length * pointFixedBytes
}
