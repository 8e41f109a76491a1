/** What `spanlight serve` runs: the engine, and the app for a browser. Loaded when it is run: other commands start without it. */

import { resolve } from 'node:path'
import { startEngine } from '../engine/engine.ts'
import { onFreePort } from '../engine/free-port.ts'
import { defaultMaxRequestBytes } from '../engine/receiver/receiver.ts'
import { isLoopback, newToken } from '../server/access.ts'
import { startServer } from '../server/server.ts'
import { announceStores } from '../server/store-address.ts'
import { canShowBrowser, showBrowser } from './browser.ts'
import type { HostOptions } from './host-options.ts'
import { packageFile } from './package-files.ts'
import { clearReadyFile, type ReadyReport, writeReadyFile } from './ready-file.ts'
import { stopOnRequest } from './shutdown.ts'
import { version } from './version.ts'

export interface ServeOptions extends HostOptions {
  readonly readOnly?: boolean | undefined
  /** Absolute paths of files to import once everything listens. */
  readonly files?: readonly string[]
}

/** Starts everything, tells where it is, and stops on a signal. Throws `SpanlightError`; nothing is left running then. */
export async function serveApp(options: ServeOptions): Promise<void> {
  const db = resolve(options.db)
  if (options.readyFile) clearReadyFile(options.readyFile)
  const engine = await startEngine({
    version,
    databasePath: db,
    durable: options.durable,
    readOnly: options.readOnly ?? false,
    otlpHost: options.otlpHost,
    otlpGrpc: options.otlpGrpc,
    otlpHttp: options.otlpHttp,
    maxRequestBytes: defaultMaxRequestBytes,
  })
  const token = newToken()
  const { host } = options
  const app = await onFreePort(options.port, (port) =>
    startServer({ host, port, token, version, rendererDir: packageFile('out/renderer'), context: engine.context }),
  ).catch(async (error: unknown) => {
    await engine.close()
    throw error
  })
  const withdraw = announceStores(engine, { program: 'spanlight serve', api: { url: app.localUrl, token } })
  stopOnRequest(async () => {
    withdraw()
    await app.close()
    await engine.close()
  }, engine.died)

  const { grpc, http } = engine.endpoints
  const report: ReadyReport = { pid: process.pid, version, db, ui: app.url, token, otlpGrpc: grpc, otlpHttp: http }
  const portNotice =
    options.port.port !== 0 && app.port !== options.port.port
      ? [`Port ${options.port.port} is taken: the app is on ${app.port} instead.`]
      : []
  announce(report, [...engine.notices, ...portNotice, ...wideNotices(options)])
  if (options.readyFile) writeReadyFile(options.readyFile, report)
  const { files = [] } = options
  if (files.length > 0) await engine.context.imports.open(files, 'auto')
  if (options.open && canShowBrowser(process.env, process.platform)) await showBrowser(app.url)
}

function announce({ ui, otlpGrpc, otlpHttp, db }: ReadyReport, notices: readonly string[]): void {
  console.log(`
  Spanlight ${version}

  App        ${ui}
  OTLP/gRPC  ${otlpGrpc || 'nothing is received: read-only'}
  OTLP/HTTP  ${otlpHttp || 'nothing is received: read-only'}
  Database   ${db}
`)
  for (const notice of notices) console.error(`  ${notice}`)
}

function wideNotices({ host, otlpHost }: HostOptions): string[] {
  const notices: string[] = []
  if (!isLoopback(host))
    notices.push(`Warning: the app is served on ${host}: whoever has its address can read everything.`)
  if (!isLoopback(otlpHost))
    notices.push(`Warning: OTLP is received on ${otlpHost}: anybody who reaches it can send data.`)
  return notices
}
