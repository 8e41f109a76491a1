/** Large JSON values cut into documents: nothing is lost, and every record keeps what stood around it. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LargeJson } from './cut-json.ts'
import { isRefused } from './document.ts'
import type { Spool } from './spool.ts'

class MemorySpool implements Spool {
  bytes = Buffer.alloc(0)

  write(bytes: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, bytes])
  }

  read(start: number, end: number): Buffer {
    return this.bytes.subarray(start, end)
  }

  close(): void {
    this.bytes = Buffer.alloc(0)
  }
}

interface Cut {
  readonly text: string
  readonly chunkBytes?: number
  readonly stretchBytes?: number
}

function cut({ text, chunkBytes = 7, stretchBytes = 40 }: Cut): { lines: number[]; documents: unknown[] } {
  const large = new LargeJson(() => new MemorySpool(), 1, stretchBytes)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += chunkBytes) large.push(bytes.subarray(at, at + chunkBytes))
  const pieces = [...large.documents(Buffer.from('['), Buffer.from(']'))]
  const read = pieces.map((piece) => {
    if (isRefused(piece)) throw new Error(piece.reason)
    const [document] = JSON.parse(piece.bytes.toString('utf8')) as unknown[]
    return document
  })
  return { lines: pieces.map(({ line }) => line), documents: read }
}

/** As JSON tells it: a zero that is negative is written without its sign. */
const value = fc.jsonValue({ maxDepth: 2 }).map((drawn) => JSON.parse(JSON.stringify(drawn)) as unknown)
const record = fc.record({ name: fc.string(), attributes: fc.array(value, { maxLength: 3 }) })
const scope = fc.record(
  { schemaUrl: fc.string(), scope: value, spans: fc.array(record, { maxLength: 12 }) },
  { requiredKeys: ['spans'] },
)
const resource = fc.record({ resource: value, scopeSpans: fc.array(scope, { maxLength: 5 }), schemaUrl: fc.string() })
/** Members come in any order. */
const shuffled = (json: unknown, seed: number): unknown => {
  if (Array.isArray(json)) return json.map((each) => shuffled(each, seed))
  if (typeof json !== 'object' || json === null) return json
  const members = Object.entries(json).map(([key, inner]) => [key, shuffled(inner, seed)] as const)
  return Object.fromEntries([...members.slice(seed % 3), ...members.slice(0, seed % 3)])
}

type Resource = { scopeSpans: readonly { spans: readonly unknown[] }[] }

/** Each span with all that stands around it. */
function spansOf(documents: readonly unknown[]): unknown[] {
  return (documents as Resource[]).flatMap(({ scopeSpans, ...outer }) =>
    scopeSpans.flatMap(({ spans, ...inner }) => spans.map((span) => ({ outer, inner, span }))),
  )
}

it('keeps every span with its scope and resource, in order, however the value lies and comes', () => {
  fc.assert(
    fc.property(
      resource,
      fc.nat(2),
      fc.constantFrom(undefined, 1),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 300 }),
      (whole, seed, indent, chunkBytes, stretchBytes) => {
        const text = JSON.stringify(shuffled(whole, seed), null, indent)
        expect(spansOf(cut({ text, chunkBytes, stretchBytes }).documents)).toEqual(spansOf([whole]))
      },
    ),
  )
})

it.each([
  ['before', '{"processes":{"p":{"tags":[{"spans":[]}]}},"spans":[{"a":1},{"b":"]}\\""},{"c":3}]}'],
  ['after', '{"spans":[{"a":1},{"b":"]}\\""},{"c":3}],"processes":{"p":{"tags":[{"spans":[]}]}}}'],
])('cuts a trace of Jaeger whose processes come %s its spans', (_where, text) => {
  const processes = { p: { tags: [{ spans: [] }] } }
  const { documents } = cut({ text, stretchBytes: 1 })
  expect(documents.flatMap((each) => (each as { spans: unknown[] }).spans)).toEqual([{ a: 1 }, { b: ']}"' }, { c: 3 }])
  for (const document of documents) expect(document).toMatchObject({ processes })
})

it('cuts an array of its own, keeps what is no object in it, and tells lines', () => {
  expect(cut({ text: '[\n{"a":1},\n5,\n{"b":[2]}\n,{}, null]', stretchBytes: 1 })).toEqual({
    lines: [2, 4, 5, 5],
    documents: [[{ a: 1 }], [5, { b: [2] }], [{}], [null]],
  })
})

it('leaves what has no lists whole', () => {
  expect(cut({ text: '{"body":"spans","list":[1,2]}', stretchBytes: 1 })).toEqual({
    lines: [1],
    documents: [{ body: 'spans', list: [1, 2] }],
  })
})
