/** The spans of a trace in an exported file: read as lines, parsed one by one when asked for. */

import {
  lineTags,
  type OtlpJson,
  type ResourceLine,
  type ScopeLine,
  type SpanLine,
} from '#shared/contract/html-export.ts'
import type { SpanDetails } from '#shared/contract/traces.ts'
import { StatusCode, spanKindName } from '#shared/model/span.ts'
import { linesOf } from './blocks.ts'
import { type OtlpKeyValue, plainPairs } from './otlp-values.ts'

interface EmbeddedSpan {
  readonly resource: ResourceLine
  readonly scope: ScopeLine
  readonly json: string
}

/** By span id and twin (`00f067aa0ba902b7.0`). */
export type EmbeddedSpans = ReadonlyMap<string, EmbeddedSpan>

const noResource: ResourceLine = { service: '', resource: {} }
const noScope: ScopeLine = { scope: {} }

export function embeddedSpans(text: string): EmbeddedSpans {
  const spans = new Map<string, EmbeddedSpan>()
  let resource = noResource
  let scope = noScope
  for (const [tag, json] of linesOf(text)) {
    if (tag === lineTags.resource) resource = JSON.parse(json) as ResourceLine
    else if (tag === lineTags.scope) scope = JSON.parse(json) as ScopeLine
    else spans.set(tag, { resource, scope, json })
  }
  return spans
}

interface OtlpResource extends OtlpJson {
  readonly resource?: { readonly attributes?: readonly OtlpKeyValue[] }
}

interface OtlpScope extends OtlpJson {
  readonly scope?: {
    readonly name?: string
    readonly version?: string
    readonly attributes?: readonly OtlpKeyValue[]
  }
}

interface OtlpSpan extends OtlpJson {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly flags?: number
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: readonly OtlpKeyValue[]
  readonly droppedAttributesCount?: number
  readonly events?: readonly {
    readonly timeUnixNano: string
    readonly name: string
    readonly attributes?: readonly OtlpKeyValue[]
    readonly droppedAttributesCount?: number
  }[]
  readonly droppedEventsCount?: number
  readonly links?: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly traceState?: string
    readonly attributes?: readonly OtlpKeyValue[]
    readonly droppedAttributesCount?: number
  }[]
  readonly droppedLinksCount?: number
  readonly status?: { readonly code?: number; readonly message?: string }
}

/** The same as the engine answers for the span; `isHere` tells whether the file holds a trace. */
export function embeddedDetails(
  { resource: ownResource, scope: ownScope, json }: EmbeddedSpan,
  { twin, isHere }: { readonly twin: number; readonly isHere: (traceId: string) => boolean },
): SpanDetails {
  const line = JSON.parse(json) as SpanLine
  const span = line.span as OtlpSpan
  const resource = ownResource.resource as OtlpResource
  const scope = ownScope.scope as OtlpScope
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    twin,
    parentSpanId: span.parentSpanId ?? null,
    traceState: span.traceState ?? '',
    flags: span.flags ?? 0,
    service: ownResource.service,
    name: span.name,
    kind: spanKindName(span.kind),
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: span.endTimeUnixNano,
    durationNs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
    status: statusOf(span.status?.code),
    statusMessage: span.status?.message ?? '',
    attributes: plainPairs(span.attributes),
    resource: plainPairs(resource.resource?.attributes),
    scope: {
      name: scope.scope?.name ?? '',
      version: scope.scope?.version ?? '',
      attributes: plainPairs(scope.scope?.attributes),
    },
    events: (span.events ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: event.timeUnixNano,
      attributes: plainPairs(event.attributes),
      droppedAttributesCount: event.droppedAttributesCount ?? 0,
    })),
    links: (span.links ?? []).map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      traceState: link.traceState ?? '',
      attributes: plainPairs(link.attributes),
      droppedAttributesCount: link.droppedAttributesCount ?? 0,
      stored: isHere(link.traceId),
    })),
    linkedFrom: [...(line.linkedFrom ?? [])],
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
    otlp: { resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }] },
  }
}

function statusOf(code: number | undefined): SpanDetails['status'] {
  if (code === StatusCode.error) return 'error'
  return code === StatusCode.ok ? 'ok' : 'unset'
}
