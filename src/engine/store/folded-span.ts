/** A span as rollups see it. */

import { SpanKind } from '#shared/model/span.ts'
import type { FoldedSpan } from '../rollup/fold.ts'

/**
 * Requests are entry spans: "kind SERVER or CONSUMER, or an empty parent id whatever the kind"; a span whose parent is merely
 * missing is none. Negative durations, of clocks that jumped, count as 0.
 */
export function foldedSpan({ isRoot, ...span }: Omit<FoldedSpan, 'entry'> & { readonly isRoot: boolean }): FoldedSpan {
  const kind = span.kind === SpanKind.unspecified ? SpanKind.internal : span.kind
  return {
    ...span,
    kind,
    durationNs: Math.max(0, span.durationNs),
    entry: isRoot || kind === SpanKind.server || kind === SpanKind.consumer,
  }
}
