/** Batches of spans made comparable: each span with what it points at, and bytes as hex, whatever holds them. */

import type { ResourceRecord, ScopeRecord, SpanRecord, TraceBatch } from '../../src/shared/model/batch.ts'

interface Whole {
  readonly span: Omit<SpanRecord, 'resource' | 'scope'>
  readonly resource: ResourceRecord | undefined
  readonly scope: ScopeRecord | undefined
}

/** Each span with what it points at: several batches become one, and what they share is there once. */
function wholeSpans(batches: readonly TraceBatch[]): Whole[] {
  return batches.flatMap(({ resources, scopes, records }) =>
    records.map(({ resource, scope, ...span }) => ({ span, resource: resources[resource], scope: scopes[scope] })),
  )
}

const inHex = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? `${value}n`
    : ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : value

export function readable(batches: readonly TraceBatch[]): unknown {
  // A Buffer would turn itself into something else first.
  const plain = (value: unknown): unknown =>
    Buffer.isBuffer(value)
      ? new Uint8Array(value)
      : typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
        : value
  return JSON.parse(JSON.stringify(wholeSpans(batches).map(plain), inHex))
}
