/** Trace context crosses as W3C says, and what is no trace context starts a new trace. */

import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { expect, it } from 'vitest'
import { extractContext, formatTraceparent, injectContext, parseTraceparent } from './propagation.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'

it('continues a trace with its state, flags and baggage', () => {
  const context = extractContext({ traceparent: `00-${traceId}-${spanId}-03`, tracestate: 'a=1,b=2' })
  expect(trace.getSpanContext(context)).toMatchObject({ traceId, spanId, traceFlags: 3, isRemote: true })
  expect(injectContext(context, 'x=1')).toEqual({
    traceparent: `00-${traceId}-${spanId}-03`,
    tracestate: 'a=1,b=2',
    baggage: 'x=1',
  })
})

it('reads a higher version and writes 00', () => {
  const parsed = parseTraceparent(`01-${traceId}-${spanId}-01-what-comes-later`)
  expect(parsed).toMatchObject({ traceId, spanId })
  expect(formatTraceparent(traceId, spanId, 1)).toBe(`00-${traceId}-${spanId}-01`)
})

it.each([
  undefined,
  '',
  'x',
  `ff-${traceId}-${spanId}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `00-${traceId}-${spanId}`,
])('ignores %j', (traceparent) => {
  expect(extractContext({ traceparent, tracestate: 'a=1' })).toBe(ROOT_CONTEXT)
})

it('keeps traceparent when tracestate is broken', () => {
  const context = extractContext({ traceparent: `00-${traceId}-${spanId}-01`, tracestate: ',,==\u0000' })
  expect(trace.getSpanContext(context)).toMatchObject({ traceId })
})
