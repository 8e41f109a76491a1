/** OTLP over gRPC: what every kind of call is answered. */

import { gzipSync } from 'node:zlib'
import { Client, credentials, type Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { encodeRequest, LogsRequest, LogsResponse, TraceRequest, TraceResponse } from '../support/oracle.ts'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

const limitBytes = 100_000
const traces = 'opentelemetry.proto.collector.trace.v1.TraceService'
const logs = 'opentelemetry.proto.collector.logs.v1.LogsService'

let engine: Engine & AsyncDisposable
let client: Client
beforeAll(async () => {
  engine = await runningEngine({ maxRequestBytes: limitBytes })
  client = clientOf({})
})
afterAll(async () => {
  client.close()
  await engine[Symbol.asyncDispose]()
})

function clientOf(options: Record<string, number>): Client {
  const { host } = new URL(engine.endpoints.grpc)
  return new Client(host, credentials.createInsecure(), { 'grpc.max_send_message_length': -1, ...options })
}

const same = (bytes: Buffer): Buffer => bytes

function callWith(caller: Client, path: string, request: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    caller.makeUnaryRequest(path, same, same, Buffer.from(request), (error: ServiceError | null, answer?: Buffer) => {
      if (error) reject(error)
      else resolve(answer ?? Buffer.alloc(0))
    })
  })
}

const call = (path: string, request: Uint8Array): Promise<Buffer> => callWith(client, path, request)
const exportTraces = (request: unknown): Promise<Buffer> =>
  call(`/${traces}/Export`, encodeRequest(TraceRequest, request))

describe('an export', () => {
  it('of good data or nothing gets an empty answer', async () => {
    expect(await exportTraces(tracesOf('cart', [{ id: 1 }]))).toHaveLength(0)
    expect(await exportTraces({})).toHaveLength(0)
    expect(await call(`/${logs}/Export`, encodeRequest(LogsRequest, logsOf('cart', [{ body: 'x' }])))).toHaveLength(0)
    expect((await engine.context.status.health()).counts).toMatchObject({ spans: 1, logs: 1 })
  })

  it('of partly bad data gets a count and a reason', async () => {
    const answer = await exportTraces(tracesOf('cart', [{ id: 1 }, { id: 0 }]))
    expect(TraceResponse.toObject(TraceResponse.decode(answer), { longs: Number })).toEqual({
      partialSuccess: { rejectedSpans: 1, errorMessage: '1 rejected: invalid span id' },
    })
    const mixed = logsOf('cart', [{ body: 'fine' }, { more: { traceId: 'abcd' } }])
    const logAnswer = await call(`/${logs}/Export`, encodeRequest(LogsRequest, mixed))
    expect(LogsResponse.toObject(LogsResponse.decode(logAnswer), { longs: Number })).toMatchObject({
      partialSuccess: { rejectedLogRecords: 1 },
    })
  })

  it('of nothing but bad data, or that cannot be read, is INVALID_ARGUMENT with a reason', async () => {
    await expect(exportTraces(tracesOf('cart', [{ id: 0 }]))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: '1 rejected: invalid span id',
    })
    const cut = encodeRequest(TraceRequest, tracesOf('cart', [{ id: 2 }])).subarray(0, -3)
    for (const bytes of [cut, Buffer.from('{}'), Buffer.from([0x0b])]) {
      const error = (await call(`/${traces}/Export`, bytes).catch((reason: unknown) => reason)) as ServiceError
      expect(error.code).toBe(status.INVALID_ARGUMENT)
      expect(error.details.length).toBeGreaterThan(5)
      expect((error.metadata as Metadata).get('grpc-status-details-bin')).toEqual([])
    }
  })

  it('compressed with gzip is read', async () => {
    const gzip = 2
    const compressing = clientOf({ 'grpc.default_compression_algorithm': gzip })
    const request = encodeRequest(TraceRequest, tracesOf('gzipped', [{ trace: 7, id: 1 }]))
    expect(await callWith(compressing, `/${traces}/Export`, request)).toHaveLength(0)
    compressing.close()
    const { services } = await engine.context.readers.query('listServices', undefined)
    expect(services.map(({ name }) => name)).toContain('gzipped')
  })
})

describe('a request beyond the limit', () => {
  const refused = { code: status.RESOURCE_EXHAUSTED }

  it('is RESOURCE_EXHAUSTED, without a hint to try again', async () => {
    const error = (await call(`/${traces}/Export`, Buffer.alloc(limitBytes + 1)).catch(
      (reason: unknown) => reason,
    )) as ServiceError
    expect(error).toMatchObject(refused)
    expect(error.metadata.get('grpc-status-details-bin')).toEqual([])
  })

  it('is refused after decompression as well', async () => {
    const gzip = 2
    const bomb = Buffer.alloc(20_000_000)
    expect(gzipSync(bomb).length).toBeLessThan(limitBytes)
    const compressing = clientOf({ 'grpc.default_compression_algorithm': gzip })
    await expect(callWith(compressing, `/${traces}/Export`, bomb)).rejects.toMatchObject(refused)
    compressing.close()
  })

  it('leaves the connection usable', async () => {
    expect(await exportTraces({})).toHaveLength(0)
  })
})

describe('what nobody serves', () => {
  it.each([
    '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
    `/${traces}/Import`,
    '/grpc.health.v1.Health/Check',
    '/nothing',
  ])('%s is UNIMPLEMENTED', async (path) => {
    await expect(call(path, Buffer.alloc(0))).rejects.toMatchObject({ code: status.UNIMPLEMENTED })
  })
})
