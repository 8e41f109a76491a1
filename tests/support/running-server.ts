/** The browser host over an engine of its own, with a page of a few bytes in place of the built app. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../../src/engine/engine.ts'
import { startServer } from '../../src/server/server.ts'
import { type Answer, type Call, call } from './http-client.ts'
import { runningEngine } from './running-engine.ts'

export interface RunningServer {
  readonly engine: Engine
  readonly token: string
  readonly port: number
  /** The address a person is told, token included. */
  readonly url: string
  readonly origin: string
  /** With the token. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** Without it. */
  call(options: Call): Promise<Answer>
  /** Sends OTLP/JSON and waits until it is committed. */
  send(signal: 'traces' | 'logs', request: unknown): Promise<Answer>
  [Symbol.asyncDispose](): Promise<void>
}

const page = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>'

export async function runningServer(): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets', 'app-1234.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not an asset')
  const engine = await runningEngine()
  const token = 'test-token'
  const { context, endpoints } = engine
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    token,
    version: '1.2.3',
    rendererDir: folder,
    context,
  })
  const origin = `http://127.0.0.1:${server.port}`
  return {
    engine,
    token,
    port: server.port,
    url: server.url,
    origin,
    get: (path, headers = {}) => call(origin, { path, headers: { authorization: `Bearer ${token}`, ...headers } }),
    call: (options) => call(origin, options),
    send: (signal, request) =>
      call(`${endpoints.http}/v1/${signal}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await engine[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
