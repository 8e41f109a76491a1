import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSpan, mergeSummaries, type SummarizedSpan, summaryOf, type TraceSummaryRow } from './trace-summary.ts'

const span = fc.record({
  spanId: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  isRoot: fc.boolean(),
  operationId: fc.integer({ min: 1, max: 3 }),
  serviceId: fc.integer({ min: 1, max: 5 }),
  startUnixNano: fc.bigInt({ min: 0n, max: 5n }),
  endUnixNano: fc.bigInt({ min: 0n, max: 9n }),
  isError: fc.boolean(),
})

function fold([first, ...rest]: readonly SummarizedSpan[]): TraceSummaryRow {
  if (!first) throw new RangeError('no spans')
  const summary = summaryOf(first)
  for (const each of rest) addSpan(summary, each)
  return summary
}

const spansAndOrder = fc.array(span, { minLength: 1, maxLength: 12 }).chain((spans) =>
  fc.record({
    spans: fc.constant(spans),
    shuffled: fc.shuffledSubarray(spans, { minLength: spans.length, maxLength: spans.length }),
    cut: fc.integer({ min: 1, max: spans.length }),
  }),
)

describe('trace summary', () => {
  it('is the same in whatever order spans arrive', () => {
    fc.assert(
      fc.property(spansAndOrder, ({ spans, shuffled }) => {
        expect(fold(shuffled)).toEqual(fold(spans))
      }),
    )
  })

  it('is the same however spans are spread over commits', () => {
    fc.assert(
      fc.property(spansAndOrder, ({ spans, shuffled, cut }) => {
        const summary = fold(shuffled.slice(0, cut))
        if (cut < shuffled.length) mergeSummaries(summary, fold(shuffled.slice(cut)))
        expect(summary).toEqual(fold(spans))
      }),
    )
  })

  it('prefers a received root to an earlier span', () => {
    const base = { operationId: 1, serviceId: 1, endUnixNano: 9n, isError: false }
    const early = { ...base, spanId: Buffer.from('early---'), isRoot: false, startUnixNano: 1n }
    const root = { ...base, spanId: Buffer.from('root----'), isRoot: true, startUnixNano: 2n }
    expect(fold([early, root]).root).toMatchObject({ received: true, spanId: root.spanId })
    expect(fold([early]).root).toMatchObject({ received: false, spanId: early.spanId })
  })
})
