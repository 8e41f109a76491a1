/** W3C Trace Context (level 2) and Baggage in HTTP headers and messages. */

import {
  type Context,
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  type TraceState,
  trace,
} from '@opentelemetry/api'

/** What a message or request carries; header names in lower case. */
export interface Carrier {
  readonly traceparent?: string | undefined
  readonly tracestate?: string | undefined
  readonly baggage?: string | undefined
}

/** Bit 1 of the flags: the trace id was made at random. */
const randomFlag = 0x02
const written = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** The context to continue: a remote parent when the header is right, else a new trace. */
export function extractContext({ traceparent, tracestate }: Carrier): Context {
  const parent = parseTraceparent(traceparent)
  if (!parent) return ROOT_CONTEXT
  const traceState = tracestate ? createTraceState(tracestate) : undefined
  return trace.setSpanContext(ROOT_CONTEXT, { ...parent, ...(traceState && { traceState }), isRemote: true })
}

/** Versions to come may be longer; `ff`, zeros and upper case are no traceparent. */
export function parseTraceparent(header: string | undefined): SpanContext | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] = written.exec(header?.trim() ?? '') ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) }
  return isSpanContextValid(context) ? context : undefined
}

/** Headers for what this span causes. The random flag of a continued trace is kept, that of our own is set. */
export function injectContext(context: Context, baggage: string | undefined): Record<string, string> {
  const span = trace.getSpanContext(context)
  if (!span) return baggage ? { baggage } : {}
  return {
    traceparent: formatTraceparent(span.traceId, span.spanId, span.traceFlags),
    ...(span.traceState && stateHeader(span.traceState)),
    ...(baggage && { baggage }),
  }
}

export function formatTraceparent(traceId: string, spanId: string, flags: number): string {
  return `00-${traceId}-${spanId}-${(flags & 0xff).toString(16).padStart(2, '0')}`
}

/** Flags of a trace made here: sampled, with a random id. */
export const freshFlags = 0x01 | randomFlag

function stateHeader(state: TraceState): { tracestate?: string } {
  const text = state.serialize()
  return text ? { tracestate: text } : {}
}
