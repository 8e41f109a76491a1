/** What the terminal is told that started the app, if there was one. */

import type { EngineReady } from './engine-process.ts'

/** A terminal that was closed breaks its streams, which is no reason to stop. */
export function tolerateClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

export function announce(version: string, { grpc, http, databasePath, notices }: EngineReady): void {
  console.log(`
  Spanlight ${version}

  OTLP/gRPC  ${grpc}
  OTLP/HTTP  ${http}
  Database   ${databasePath}
`)
  for (const notice of notices) console.error(`  ${notice}`)
}
