/** An engine with threads and receivers on free ports and a database of its own; stopped and gone after the test. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineConfig } from '../../src/engine/config.ts'
import { type Engine, startEngine } from '../../src/engine/engine.ts'
import { defaultMaxRequestBytes } from '../../src/engine/receiver/receiver.ts'

export async function runningEngine(
  overrides: Partial<EngineConfig> = {},
): Promise<Engine & { [Symbol.asyncDispose](): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  const free = { port: 0, explicit: true }
  const engine = await startEngine({
    version: 'test',
    databasePath: join(folder, 'spanlight.db'),
    configDir: folder,
    durable: false,
    otlpHost: '127.0.0.1',
    otlpGrpc: free,
    otlpHttp: free,
    maxRequestBytes: defaultMaxRequestBytes,
    ...overrides,
  }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true })
    throw error
  })
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= engine.close()
    return closed
  }
  return {
    ...engine,
    close,
    [Symbol.asyncDispose]: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
