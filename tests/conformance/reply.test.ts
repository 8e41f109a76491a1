/** Answers of the receivers, read by the official codec; `google.rpc.Status` by hand, as that codec doesn't have it. */

import protobuf from 'protobufjs/minimal.js'
import { describe, expect, it } from 'vitest'
import { encodeExportResponse, encodeRpcStatus } from '../../src/engine/wire/reply.ts'
import { LogsResponse, TraceResponse } from '../support/oracle.ts'

const full = { rejected: 0, message: '' }
const signals = [
  ['traces', 'rejectedSpans', TraceResponse],
  ['logs', 'rejectedLogRecords', LogsResponse],
] as const

describe.each(signals)('the answer to %s', (signal, counter, Response) => {
  const read = (bytes: Buffer): unknown =>
    Response.toObject(Response.decode(bytes), { longs: Number, defaults: false }).partialSuccess

  it('is empty when everything was kept', () => {
    expect(encodeExportResponse('protobuf', signal, full)).toHaveLength(0)
    expect(encodeExportResponse('json', signal, full).toString()).toBe('{}')
  })

  it('counts what was rejected and says why', () => {
    const partial = { rejected: 300, message: 'schlechte Kennung ✗' }
    expect(read(encodeExportResponse('protobuf', signal, partial))).toEqual({
      [counter]: 300,
      errorMessage: 'schlechte Kennung ✗',
    })
    expect(JSON.parse(encodeExportResponse('json', signal, partial).toString())).toEqual({
      partialSuccess: { [counter]: '300', errorMessage: 'schlechte Kennung ✗' },
    })
  })

  it('can warn without rejecting', () => {
    expect(read(encodeExportResponse('protobuf', signal, { rejected: 0, message: 'old field' }))).toEqual({
      errorMessage: 'old field',
    })
  })
})

/** Fields of a message by number; length-delimited ones as bytes. */
function fieldsOf(bytes: Uint8Array): [number, number | Uint8Array][] {
  const reader = protobuf.Reader.create(bytes)
  const fields: [number, number | Uint8Array][] = []
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    fields.push([tag >>> 3, (tag & 7) === 2 ? reader.bytes() : Number(reader.int64())])
  }
  return fields
}

const text = (field: number | Uint8Array | undefined): string => Buffer.from(field as Uint8Array).toString()

describe('google.rpc.Status', () => {
  it('carries code and message', () => {
    const fields = fieldsOf(encodeRpcStatus('protobuf', { code: 3, message: 'no spans' }))
    expect(fields.map(([number]) => number)).toEqual([1, 2])
    expect(fields[0]?.[1]).toBe(3)
    expect(text(fields[1]?.[1])).toBe('no spans')
    expect(JSON.parse(encodeRpcStatus('json', { code: 3, message: 'no spans' }).toString())).toEqual({
      code: 3,
      message: 'no spans',
    })
  })

  it('carries RetryInfo for what may be tried again', () => {
    const status = { code: 14, message: 'busy', retryAfterSeconds: 7 }
    const [, , any] = fieldsOf(encodeRpcStatus('protobuf', status))
    expect(any?.[0]).toBe(3)
    const [type, value] = fieldsOf(any?.[1] as Uint8Array)
    expect(text(type?.[1])).toBe('type.googleapis.com/google.rpc.RetryInfo')
    const [delay] = fieldsOf(value?.[1] as Uint8Array)
    expect(delay?.[0]).toBe(1)
    expect(fieldsOf(delay?.[1] as Uint8Array)).toEqual([[1, 7]])
    expect(JSON.parse(encodeRpcStatus('json', status).toString())).toEqual({
      code: 14,
      message: 'busy',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }],
    })
  })
})
