/** Documents too large to be read at once: every format's are cut into their records, and what can't be is told with its line. */

import { expect, it } from 'vitest'
import { importInMemory, nothing as nothingStored } from '../support/import-in-memory.ts'
import { spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'

/** 18 MiB in few spans. */
const count = 36
const text = 'x'.repeat(512 * 1024)

function jaegerTrace(): { spans: unknown[]; processes: unknown } {
  const traceID = traceIdOf(1)
  return {
    spans: Array.from({ length: count }, (_, index) => ({
      traceID,
      spanID: spanIdOf(index + 1),
      operationName: 'work',
      startTime: 1_700_000_000_000_000 + index,
      duration: 1,
      processID: index % 2 === 0 ? 'p1' : 'p2',
      tags: [{ key: 'text', type: 'string', value: text }],
    })),
    processes: { p1: { serviceName: 'cart' }, p2: { serviceName: 'payments' } },
  }
}

function otlpResources(spans: string, scopes: string): unknown[] {
  const sketches = Array.from({ length: count }, (_, index) => ({ id: index + 1, attributes: { text } }))
  const { resourceSpans } = tracesOf('cart', sketches) as {
    resourceSpans: { resource: unknown; scopeSpans: { scope: unknown; spans: unknown[] }[] }[]
  }
  return resourceSpans.map(({ resource, scopeSpans }) => ({
    [scopes]: scopeSpans.map((scope) => ({ [spans]: scope.spans, scope: scope.scope, schemaUrl: 'https://scope' })),
    resource,
    schemaUrl: 'https://resource',
  }))
}

/** How many spans came, by service and by the schemas of their resource and scope. */
async function groupsIn(document: unknown, indent?: number): Promise<Readonly<Record<string, number>>> {
  const groups: Record<string, number> = {}
  const { counts, failure } = await importInMemory(JSON.stringify(document, null, indent), ({ traces }) => {
    for (const { resources, scopes, records } of traces) {
      for (const { resource, scope } of records) {
        const { serviceName, schemaUrl = '' } = resources[resource] ?? {}
        const group = `${serviceName} ${schemaUrl} ${scopes[scope]?.schemaUrl}`.trim()
        groups[group] = (groups[group] ?? 0) + 1
      }
    }
    return Promise.resolve(nothingStored)
  })
  expect({ failure, refused: counts.refused }).toEqual({ failure: undefined, refused: 0 })
  return groups
}

it.each([
  ['after', () => ({ data: [jaegerTrace()] }), undefined],
  ['before, in one trace, indented', () => Object.fromEntries(Object.entries(jaegerTrace()).reverse()), 1],
])('reads a large trace of Jaeger with processes that come %s', async (_where, document, indent) => {
  expect(await groupsIn(document(), indent)).toEqual({ cart: count / 2, payments: count / 2 })
})

it.each([
  ['OTLP', () => ({ resourceSpans: otlpResources('spans', 'scopeSpans') })],
  ['Tempo', () => ({ trace: { batches: otlpResources('spans', 'instrumentationLibrarySpans') } })],
])('reads one large resource of %s that is told behind its spans', async (_format, document) => {
  expect(await groupsIn(document())).toEqual({ 'cart https://resource https://scope': count })
})

it('refuses the one record that is too large, and keeps those around it', async () => {
  const [first, second, third] = jaegerTrace().spans.map((span) => JSON.stringify(span)) as [string, string, string]
  const spans = [first, second.replace(text, text.repeat(129)), third]
  const file = `{"resourceSpans":[]}\n{"spans":[${spans.join(',')}],"processes":{}}\n{"resourceSpans":[]}\n`
  const { counts } = await importInMemory(file)
  expect(counts).toMatchObject({
    read: { spans: 2 },
    refusals: [{ line: 2, reason: expect.stringMatching(/^a record of more than 64 MiB/) }],
  })
})

it('keeps nothing of a trace that is cut off, whose processes nobody knows', async () => {
  const { counts } = await importInMemory(`{"resourceSpans":[]}\n${JSON.stringify(jaegerTrace()).slice(0, -400)}\n`)
  expect(counts).toMatchObject({ read: { spans: 0 }, refused: 1 })
  expect(counts.refusals[0]).toMatchObject({ line: 2, reason: 'the line ends in the middle of it' })
})

it('says that more stands around records than can be read with each of them', async () => {
  const { spans } = jaegerTrace()
  const document = { spans, processes: { p1: { serviceName: text.repeat(34) } } }
  const { failure } = await importInMemory(JSON.stringify(document))
  expect(failure).toMatchObject({ message: expect.stringMatching(/more than 16 MiB stand around its records/) })
})
