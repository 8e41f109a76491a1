import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeWaterfall, encodeWaterfall, type WaterfallColumns } from './waterfall.ts'

const columns: fc.Arbitrary<WaterfallColumns> = fc
  .record({
    rows: fc.nat(20),
    events: fc.nat(10),
    services: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
  })
  .chain(({ rows, events, services }) => {
    const exactly = (length: number): { minLength: number; maxLength: number } => ({
      minLength: length,
      maxLength: length,
    })
    return fc.record(
      {
        traceId: fc.constant('ab'.repeat(16)),
        startUnixNano: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        durationNs: fc.maxSafeNat(),
        services: fc.constant(services),
        operations: fc.array(
          fc.record({ service: fc.nat(3), name: fc.string(), kind: fc.nat(5) }, { noNullPrototype: true }),
        ),
        rowCount: fc.constant(rows),
        spanIds: fc.uint8Array(exactly(rows * 8)),
        twins: fc.uint8Array(exactly(rows)),
        operation: fc.uint32Array(exactly(rows)),
        parent: fc.int32Array(exactly(rows)),
        depth: fc.uint32Array(exactly(rows)),
        start: fc.float64Array(exactly(rows)),
        duration: fc.float64Array(exactly(rows)),
        status: fc.uint8Array(exactly(rows)),
        flags: fc.uint16Array(exactly(rows)),
        descendants: fc.uint32Array(exactly(rows)),
        eventRow: fc.uint32Array(exactly(events)),
        eventOffset: fc.float64Array(exactly(events)),
        eventIsException: fc.uint8Array(exactly(events)),
      },
      { noNullPrototype: true },
    )
  })

it('columns come back as they went, whatever their lengths', () => {
  fc.assert(
    fc.property(columns, (each) => {
      expect(decodeWaterfall(encodeWaterfall(each).buffer)).toEqual(each)
    }),
  )
})

it('columns of another version are refused', () => {
  const [sample] = fc.sample(columns, 1)
  if (!sample) throw new Error('nothing to encode')
  const bytes = encodeWaterfall(sample)
  bytes.set(new TextEncoder().encode('{"version":2'), 4)
  expect(() => decodeWaterfall(bytes.buffer)).toThrow(/version 2/)
})
