/** Everything about one span, for a person to read. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { SpanDetails } from '#shared/contract/traces.ts'
import { toHex } from '#shared/model/ids.ts'
import { type Fields, pairsOf, plainAttributes, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import { StatusCode, spanKindName } from '#shared/model/span.ts'
import type { ReadDb } from '../store/database.ts'
import type { QueryContext } from './context.ts'
import { resourceById, scopeById, spanByKey } from './stored-rows.ts'

const maxLinkedFrom = 100

export interface SpanKey {
  readonly traceId: string
  readonly spanId: string
  readonly twin: number
}

/** Throws NOT_FOUND. */
export function spanDetails({ db }: QueryContext, key: SpanKey): Omit<SpanDetails, 'otlp'> {
  const span = spanByKey(db, Buffer.from(key.traceId, 'hex'), Buffer.from(key.spanId, 'hex'), key.twin)
  if (!span) throw new SpanlightError('NOT_FOUND', `Trace ${key.traceId} has no span ${key.spanId} here.`)
  const scope = scopeById(db, span.scope_id)
  return {
    traceId: toHex(span.trace_id),
    spanId: toHex(span.span_id),
    twin: Number(span.twin),
    parentSpanId: span.parent_span_id === null ? null : toHex(span.parent_span_id),
    traceState: span.trace_state,
    flags: Number(span.flags),
    service: span.service,
    name: span.name,
    kind: spanKindName(Number(span.kind)),
    startTimeUnixNano: span.start_unix_nano.toString(),
    endTimeUnixNano: (span.start_unix_nano + span.duration_ns).toString(),
    durationNs: Number(span.duration_ns),
    status: statusOf(Number(span.status_code)),
    statusMessage: span.status_message,
    attributes: plainAttributes(unpackAttributes(span.attributes)),
    resource: plainAttributes(unpackAttributes(resourceById(db, span.resource_id).attributes)),
    scope: {
      name: scope.name,
      version: scope.version,
      attributes: plainAttributes(unpackAttributes(scope.attributes)),
    },
    events: unpackList(span.events).map(eventOf),
    links: unpackList(span.links).map((link) => linkOf(db, link)),
    linkedFrom: linksTo(db, span.trace_id, span.span_id),
    droppedAttributesCount: Number(span.dropped_attributes_count),
    droppedEventsCount: Number(span.dropped_events_count),
    droppedLinksCount: Number(span.dropped_links_count),
  }
}

function statusOf(code: number): SpanDetails['status'] {
  if (code === StatusCode.error) return 'error'
  return code === StatusCode.ok ? 'ok' : 'unset'
}

function eventOf(fields: Fields): SpanDetails['events'][number] {
  return {
    name: String(fields.get('name') ?? ''),
    timeUnixNano: String(fields.get('timeUnixNano') ?? 0),
    attributes: plainAttributes(pairsOf(fields.get('attributes'))),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
  }
}

function linkOf(db: ReadDb, fields: Fields): SpanDetails['links'][number] {
  const traceId = String(fields.get('traceId') ?? '')
  return {
    traceId,
    spanId: String(fields.get('spanId') ?? ''),
    traceState: String(fields.get('traceState') ?? ''),
    attributes: plainAttributes(pairsOf(fields.get('attributes'))),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
    stored: db.prepare('SELECT 1 FROM trace WHERE trace_id = ?').get(Buffer.from(traceId, 'hex')) !== undefined,
  }
}

function linksTo(db: ReadDb, traceId: Buffer, spanId: Buffer): SpanDetails['linkedFrom'] {
  const rows = db
    .prepare('SELECT trace_id, span_id FROM span_link WHERE linked_trace_id = ? AND linked_span_id = ? LIMIT ?')
    .all(traceId, spanId, maxLinkedFrom) as { trace_id: Buffer; span_id: Buffer }[]
  return rows.map((row) => ({ traceId: toHex(row.trace_id), spanId: toHex(row.span_id) }))
}
