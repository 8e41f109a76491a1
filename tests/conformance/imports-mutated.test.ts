/** Exports that somebody or something broke: spans that are whole come in, all else is refused, and nothing else happens. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpanlightError } from '../../src/shared/contract/errors.ts'
import { broken, nested } from '../support/broken-json.ts'
import { type ExportedFormat, exportedFormats } from '../support/exported-spans.ts'
import { importInMemory, type ReadFile } from '../support/import-in-memory.ts'
import { spanIdOf } from '../support/otlp.ts'

const brokenId = 9
const wholeIds = [1, 2]

/** Every file ends with what it says, and never for a reason of the code. */
function expectClearEnd({ failure, counts }: ReadFile): void {
  if (counts.read.spans + counts.read.logs > 0) expect(failure).toBeUndefined()
  else expect(failure).toMatchObject({ name: SpanlightError.name, code: 'BAD_INPUT' })
  for (const [reason] of counts.reasons) expect(reason).not.toMatch(/call stack|not a function|Cannot|undefined/)
}

function fileOf({ span, around, file }: ExportedFormat, odd: unknown): unknown {
  const [first, ...rest] = wholeIds.map(span)
  return file([first, odd, ...rest], around)
}

describe.each(exportedFormats)('$name', (format) => {
  it('keeps every span beside a broken one, and counts that if it is not kept', async () => {
    await fc.assert(
      fc.asyncProperty(broken(format.span(brokenId)), fc.constantFrom(undefined, 1), async (odd, indent) => {
        const read = await importInMemory(JSON.stringify(fileOf(format, odd), null, indent))
        expectClearEnd(read)
        expect(read.spanIds).toEqual(expect.arrayContaining(wholeIds.map(spanIdOf)))
        // A list among spans is a trace of as many as it holds.
        const least = wholeIds.length + (Array.isArray(odd) ? 0 : 1)
        expect(read.spanIds.length + read.counts.refused).toBeGreaterThanOrEqual(least)
      }),
      { numRuns: 100 },
    )
  })

  it('ends with a clear word wherever its bytes are broken', async () => {
    const text = Buffer.from(JSON.stringify(fileOf(format, format.span(brokenId)), null, 1))
    const change = fc.record({
      at: fc.nat(text.length),
      remove: fc.nat(40),
      insert: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.string({ unit: fc.constantFrom(...'{}[]",:\\\n0e-') })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = text
        for (const { at, remove, insert } of changes) {
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + remove)])
        }
        expectClearEnd(await importInMemory(bytes))
      }),
      { numRuns: 100 },
    )
  })

  it('reads on after what is nested without end', async () => {
    const text = JSON.stringify(fileOf(format, format.span(brokenId)))
    const next = JSON.stringify(format.file([format.span(3)], format.around))
    for (const place of ['"retry"', '"cart"', '"GET /"', `"${spanIdOf(brokenId)}"`]) {
      const read = await importInMemory(`${text.replaceAll(place, nested(30_000))}\n${next}\n`)
      expectClearEnd(read)
      expect(read.spanIds).toContain(spanIdOf(3))
    }
  })
})

it('keeps the spans of a process of Jaeger beside a broken one', async () => {
  const [jaeger] = exportedFormats as [ExportedFormat]
  await fc.assert(
    fc.asyncProperty(broken(jaeger.around), async (processes) => {
      const spans = wholeIds.map((id) => ({ ...(jaeger.span(id) as object), processID: `p${id}` }))
      const around = { ...(processes as object), p2: { serviceName: 'shop' } }
      const read = await importInMemory(JSON.stringify(jaeger.file(spans, around)))
      expectClearEnd(read)
      // What describes nothing can't describe its spans: those of the other are kept.
      expect(read.spanIds.length + read.counts.refused).toBe(wholeIds.length)
      expect(read.spanIds).toContain(spanIdOf(2))
    }),
    { numRuns: 100 },
  )
})
