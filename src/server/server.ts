/** The browser host: the built app, REST, and the WebSocket of the contract, on one port. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { securityHeaders } from '#shared/page.ts'
import { type ApiContext, router } from '../engine/api.ts'
import { withKnownErrors } from '../engine/api-errors.ts'
import { listen } from '../engine/receiver/listen.ts'
import { urlHost } from '../engine/receivers.ts'
import { Access, type Verdict } from './access.ts'
import { forwardPage, refusalPage, servePages } from './pages.ts'
import { plainAnswers } from './plain-answers.ts'
import { errorBody, sendJson, serveRest } from './rest.ts'
import { targetOf } from './target.ts'

export interface ServerOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly token: string
  readonly version: string
  /** Where the built renderer lies; undefined serves the contract alone. */
  readonly rendererDir: string | undefined
  readonly context: ApiContext
}

export interface AppServer {
  readonly port: number
  /** The app's address with the token that lets a browser in. */
  readonly url: string
  /** The address as programs on this machine reach it, without the token. */
  readonly localUrl: string
  close(): Promise<void>
}

const socketPath = '/api/ws'
/** Nothing the app sends is larger; what it receives is not limited by this. */
const maxMessageBytes = 1024 * 1024

/** Throws `SpanlightError`: PORT_TAKEN, NOT_FOUND when the renderer isn't built. */
export async function startServer(options: ServerOptions): Promise<AppServer> {
  const { host, token, version, rendererDir, context } = options
  const pages = rendererDir === undefined ? noPages : servePages(rendererDir)
  const rest = serveRest(context, version)
  let access: Access | undefined
  const judge = (request: IncomingMessage): Verdict =>
    access?.judge(request) ?? { kind: 'refused', status: 403, message: 'Spanlight is starting.' }

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const verdict = judge(request)
    if (verdict.kind === 'introduced') introduce(request, response, verdict)
    else if (verdict.kind === 'refused') refuse(request, response, verdict)
    else if (isApi(request)) {
      rest(request, response).catch((error: unknown) => {
        if (!response.headersSent) sendJson(response, 500, errorBody('INTERNAL', String(error)))
      })
    } else pages(request, response)
  })
  const sockets = serveSockets(context)
  server.on('upgrade', (request, socket, head) => {
    if (judge(request).kind !== 'granted' || targetOf(request).path !== socketPath) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
    } else sockets.accept(request, socket, head)
  })
  await listen(server, host, options.port, 'the app')
  const { port } = server.address() as AddressInfo
  access = new Access({ token, port, host })
  return {
    port,
    url: `http://${urlHost(host)}:${port}/?token=${token}`,
    localUrl: `http://${urlHost(localHost(host))}:${port}`,
    close: async () => {
      sockets.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Bound to all addresses, it is reached at loopback's. */
function localHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

function noPages(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end()
}

function isApi(request: IncomingMessage): boolean {
  return targetOf(request).path.startsWith('/api/')
}

function introduce(
  request: IncomingMessage,
  response: ServerResponse,
  { cookie, location }: Extract<Verdict, { kind: 'introduced' }>,
): void {
  response.setHeader('set-cookie', cookie)
  response.setHeader('cache-control', 'no-store')
  const fromElsewhere = ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site']))
  if (fromElsewhere) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(forwardPage(location))
  else response.writeHead(302, { location }).end()
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message }: Extract<Verdict, { kind: 'refused' }>,
): void {
  if (isApi(request)) {
    sendJson(response, status, { ...errorBody('UNAUTHORIZED', message), status })
    return
  }
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(refusalPage(message))
}

interface Sockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

function serveSockets(context: ApiContext): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  const handler = new RPCHandler(router, { clientInterceptors: [withKnownErrors], customJsonSerializers: plainAnswers })
  return {
    accept: (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate())
        void handler.upgrade(webSocket, { context })
      })
    },
    close: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
