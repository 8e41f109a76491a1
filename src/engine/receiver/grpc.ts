/** OTLP over gRPC (OTLP specification, "OTLP/gRPC"): bytes pass through untouched, the answer follows the commit. */

import {
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  setLogVerbosity,
} from '@grpc/grpc-js'
import type { Signal } from '#shared/model/batch.ts'
import type { Outcome } from '#shared/model/outcome.ts'
import { encodeExportResponse, encodeRpcStatus, RpcCode } from '../wire/reply.ts'
import { grpcGuard } from './grpc-guard.ts'
import { portError } from './listen.ts'
import { ownedCopy, type Receiver, type ReceiverOptions } from './receiver.ts'

const maxConcurrentCalls = 64

const services: readonly (readonly [name: string, signal: Signal])[] = [
  ['opentelemetry.proto.collector.trace.v1.TraceService', 'traces'],
  ['opentelemetry.proto.collector.metrics.v1.MetricsService', 'metrics'],
  ['opentelemetry.proto.collector.logs.v1.LogsService', 'logs'],
]

// Whatever goes wrong is thrown or answered; the library's own lines on standard error say it twice.
setLogVerbosity(logVerbosity.NONE)

/** Starts listening. Throws `SpanlightError` PORT_TAKEN. */
export async function startGrpcReceiver(options: ReceiverOptions): Promise<Receiver> {
  const server = new Server({
    'grpc.max_receive_message_length': options.maxRequestBytes,
    'grpc.max_send_message_length': options.maxRequestBytes,
    // Of each connection; further calls wait at their sender instead of in this process.
    'grpc.max_concurrent_streams': maxConcurrentCalls,
    interceptors: [grpcGuard(options.onRefusal)],
  })
  for (const [name, signal] of services) {
    server.addService(exportService(name), {
      Export: (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
        options
          .submit(givenAway(call.request), signal, 'protobuf')
          .then((outcome) => reply(outcome, signal, done))
          .catch((error: unknown) => done({ code: RpcCode.internal, details: String(error) }))
      },
    })
  }
  const port = await bind(server, options)
  return { port, close: (graceMs) => close(server, graceMs) }
}

/** A large message has its memory to itself and is handed on without a copy; small ones lie in a pool they share. */
function givenAway(message: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = message
  const alone = buffer instanceof ArrayBuffer && buffer.byteLength === message.length
  return alone ? new Uint8Array(buffer) : ownedCopy([message], message.length)
}

const identity = (bytes: Buffer): Buffer => bytes

function exportService(name: string): ServiceDefinition {
  return {
    Export: {
      path: `/${name}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: identity,
      requestDeserialize: identity,
      responseSerialize: identity,
      responseDeserialize: identity,
    },
  }
}

function bind(server: Server, { host, port }: ReceiverOptions): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(portError(error, host, port, 'OTLP/gRPC'))
      else resolve(bound)
    })
  })
}

function reply(outcome: Outcome, signal: Signal, done: sendUnaryData<Buffer>): void {
  switch (outcome.kind) {
    case 'committed':
      done(null, encodeExportResponse('protobuf', signal, outcome))
      return
    case 'invalid':
      done({ code: RpcCode.invalidArgument, details: outcome.message })
      return
    case 'unavailable': {
      // Clients retry UNAVAILABLE; RetryInfo in the status details says after how long.
      const { message, retryAfterSeconds } = outcome
      const metadata = new Metadata()
      metadata.set(
        'grpc-status-details-bin',
        encodeRpcStatus('protobuf', { code: RpcCode.unavailable, message, retryAfterSeconds }),
      )
      done({ code: RpcCode.unavailable, details: message, metadata })
    }
  }
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), graceMs)
    server.tryShutdown(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
