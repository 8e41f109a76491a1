/** Requests that swallowed an error below them: "a child's error that no ancestor shows", a hidden retry among them. */

import { SpanKind, StatusCode } from '#shared/model/span.ts'

/** As much of a span as the rule needs. */
export interface SkeletonSpan {
  /** Any text that is unique to the span id within the trace. */
  readonly spanKey: string
  /** Null for a root. */
  readonly parentKey: string | null
  readonly kind: number
  readonly statusCode: number
}

/**
 * The requests of one trace below which an error was hidden, by span key: the nearest request above a span in error, if
 * neither it nor anything between is in error. A consumer's failure isn't its producer's: nobody waited for it.
 * What is found stays true whatever arrives later: a span whose parent is missing hides nothing so far.
 */
export function hidingRequests(spans: readonly SkeletonSpan[]): ReadonlySet<string> {
  const byKey = new Map<string, SkeletonSpan>()
  // Of spans under one id the first counts.
  for (const span of spans) if (!byKey.has(span.spanKey)) byKey.set(span.spanKey, span)
  const hiding = new Set<string>()
  for (const span of spans) {
    if (span.statusCode !== StatusCode.error || span.kind === SpanKind.consumer) continue
    const request = requestAbove(span, byKey)
    if (request !== undefined) hiding.add(request)
  }
  return hiding
}

/** Undefined when something up to that request shows the error, or the way there is not complete. */
function requestAbove(failed: SkeletonSpan, byKey: ReadonlyMap<string, SkeletonSpan>): string | undefined {
  let span = failed
  // No path is longer than there are spans, unless it is a cycle.
  for (let steps = 0; steps < byKey.size; steps++) {
    const parent = span.parentKey === null ? undefined : byKey.get(span.parentKey)
    if (!parent || parent.statusCode === StatusCode.error) return undefined
    if (isRequest(parent)) return parent.spanKey
    span = parent
  }
  return undefined
}

function isRequest({ kind, parentKey }: SkeletonSpan): boolean {
  return kind === SpanKind.server || kind === SpanKind.consumer || parentKey === null
}
