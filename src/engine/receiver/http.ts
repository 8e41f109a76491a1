/** OTLP over HTTP (OTLP specification, "OTLP/HTTP"): one POST path per signal, protobuf or JSON, answered after the commit. */

import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Signal } from '#shared/model/batch.ts'
import type { Encoding, Outcome } from '#shared/model/outcome.ts'
import { selfHeader } from '#shared/model/self.ts'
import { encodeExportResponse, encodeRpcStatus, RpcCode } from '../wire/reply.ts'
import { discardRest, readBody } from './body.ts'
import { listen } from './listen.ts'
import { type Receiver, type ReceiverOptions, selfMessage } from './receiver.ts'

const paths: ReadonlyMap<string, Signal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/metrics', 'metrics'],
  ['/v1/logs', 'logs'],
])
const knownPaths = new Intl.ListFormat('en', { type: 'disjunction' }).format(paths.keys())
/** Where Zipkin clients send (Zipkin API 2, `POST /spans`): JSON only, answered with 202. */
const zipkinPath = '/api/v2/spans'

const requestTimeoutMs = 30_000
const headersTimeoutMs = 10_000
/** How often slow senders are looked for. */
const timeoutCheckMs = 2_000

const contentTypes: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' }

const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Starts listening. Throws `SpanlightError` PORT_TAKEN. */
export async function startHttpReceiver(options: ReceiverOptions): Promise<Receiver> {
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs, connectionsCheckingInterval: timeoutCheckMs },
    (request, response) => {
      answer(request, response, options).catch((error: unknown) => {
        if (!response.headersSent)
          send(response, 500, 'json', encodeRpcStatus('json', { code: RpcCode.internal, message: String(error) }))
      })
    },
  )
  server.on('clientError', (error: Error & { code?: string }, socket) => refuseNonsense(error, socket, options))
  await listen(server, options.host, options.port, 'OTLP/HTTP')
  return { port: (server.address() as AddressInfo).port, close: (graceMs) => close(server, graceMs) }
}

/** What isn't HTTP/1 at all; most often an exporter that was given the wrong one of the two ports. */
function refuseNonsense(error: Error & { code?: string }, socket: Duplex, { onRefusal }: ReceiverOptions): void {
  const timedOut = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const status = timedOut ? 408 : 400
  const message = timedOut
    ? 'The request did not arrive in time.'
    : error.code === 'HPE_PAUSED_H2_UPGRADE'
      ? 'This is gRPC (HTTP/2); this port takes OTLP over HTTP. Send it to the gRPC port.'
      : `This is not an HTTP request: ${error.message}.`
  if (error.code !== 'ECONNRESET') {
    const address = socket instanceof Socket ? `${socket.remoteAddress}:${socket.remotePort}` : ''
    onRefusal({ transport: 'http', target: 'connection', status: String(status), message, sender: address })
  }
  if (socket.writable) socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`)
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ReceiverOptions): Promise<void> {
  allowBrowserSdk(request, response)
  const path = (request.url ?? '/').split('?')[0]?.replace(/(.)\/+$/, '$1') ?? '/'
  const isZipkin = path === zipkinPath
  const signal = isZipkin ? 'traces' : paths.get(path)
  const encoding = encodingOf(request)
  const sender = senderOf(request)
  const note = (status: number, message: string): void => {
    const target = `${request.method} ${path}`
    options.onRefusal({ transport: 'http', target, status: String(status), message, sender })
  }
  const refuse = async (status: number, code: number, message: string): Promise<void> => {
    response.setHeader('connection', 'close')
    note(status, message)
    const body = encodeRpcStatus(encoding ?? 'json', { code, message })
    writeHead(response, status, encoding ?? 'json', body).write(body)
    await discardRest(request)
    response.end()
  }
  if (!signal)
    return refuse(
      404,
      RpcCode.notFound,
      `There is nothing at ${path}. OTLP goes to ${knownPaths}, Zipkin's spans to ${zipkinPath}.`,
    )
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end()
    return
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST, OPTIONS')
    return refuse(405, RpcCode.unimplemented, `${path} takes POST, not ${request.method}.`)
  }
  if (isZipkin && encoding !== 'json') {
    const type = request.headers['content-type'] ?? 'nothing'
    return refuse(415, RpcCode.invalidArgument, `Zipkin's spans are taken as application/json, not ${type}.`)
  }
  if (!encoding) {
    return refuse(
      415,
      RpcCode.invalidArgument,
      `Content-Type must be application/x-protobuf or application/json, not ${request.headers['content-type'] ?? 'nothing'}.`,
    )
  }
  if (request.headers[selfHeader] !== undefined) return refuse(403, RpcCode.permissionDenied, selfMessage)
  const body = await readBody(request, options.maxRequestBytes, options.room)
  switch (body.kind) {
    case 'read': {
      const outcome = await options.submit(body.bytes, signal, isZipkin ? 'zipkin' : encoding)
      if (outcome.kind !== 'committed') {
        note(outcome.kind === 'invalid' ? 400 : 503, outcome.message)
      }
      if (isZipkin && outcome.kind === 'committed') response.writeHead(202).end()
      else reply(response, encoding, signal, outcome)
      return
    }
    case 'too-large':
      return refuse(
        413,
        RpcCode.resourceExhausted,
        `The request is larger than ${options.maxRequestBytes} bytes after decompression.`,
      )
    case 'no-room':
      response.setHeader('retry-after', '2')
      return refuse(503, RpcCode.unavailable, 'Spanlight is receiving more at once than it can hold.')
    case 'unknown-encoding':
      return refuse(
        415,
        RpcCode.invalidArgument,
        `Content-Encoding must be gzip, deflate, zstd or none, not ${body.encoding}.`,
      )
    case 'corrupt':
      return refuse(400, RpcCode.invalidArgument, `The body can't be decompressed: ${body.message}.`)
    case 'aborted':
      response.destroy()
  }
}

/** Asked before the body is read: a sender that hung up has no address any more. */
function senderOf(request: IncomingMessage): string {
  const { remoteAddress = 'unknown', remotePort = 0 } = request.socket
  return `${remoteAddress}:${remotePort} ${request.headers['user-agent'] ?? ''}`.trim()
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf'
  return type === 'application/json' ? 'json' : undefined
}

function reply(response: ServerResponse, encoding: Encoding, signal: Signal, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'committed':
      send(response, 200, encoding, encodeExportResponse(encoding, signal, outcome))
      return
    case 'invalid':
      send(
        response,
        400,
        encoding,
        encodeRpcStatus(encoding, { code: RpcCode.invalidArgument, message: outcome.message }),
      )
      return
    case 'unavailable': {
      const { message, retryAfterSeconds } = outcome
      response.setHeader('retry-after', String(retryAfterSeconds))
      send(
        response,
        503,
        encoding,
        encodeRpcStatus(encoding, { code: RpcCode.unavailable, message, retryAfterSeconds }),
      )
    }
  }
}

/** SDKs in a browser send from a page's origin; pages of this machine may, and their preflight is answered. */
function allowBrowserSdk(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers
  if (origin === undefined || !localOrigin.test(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
  if (request.method !== 'OPTIONS') return
  const asked = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  const allowed = asked.filter((name) => allowedHeaders.has(name) || /^x-[\w-]+$/.test(name))
  response.setHeader('access-control-allow-methods', 'POST')
  response.setHeader('access-control-allow-headers', allowed.join(', '))
  response.setHeader('access-control-max-age', '7200')
}

const allowedHeaders = new Set(['content-type', 'content-encoding', 'traceparent', 'tracestate', 'baggage'])

function writeHead(response: ServerResponse, status: number, encoding: Encoding, body: Buffer): ServerResponse {
  return response.writeHead(status, { 'content-type': contentTypes[encoding], 'content-length': body.length })
}

function send(response: ServerResponse, status: number, encoding: Encoding, body: Buffer): void {
  writeHead(response, status, encoding, body).end(body)
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
