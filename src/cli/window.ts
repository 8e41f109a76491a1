/** The app in a window of its own: when it may open, and Electron started with what was asked for. */

import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { canShowBrowser } from './browser.ts'
import { defaultHost, type HostOptions } from './host-options.ts'

/** Electron that ends with an error this soon never opened a window: a sandbox, a display or a library is missing. */
const startsWithinMs = 10_000

/** Why the app goes to the browser although there may be an Electron; undefined where it may have a window. */
export function whyBrowser(
  { open, readyFile, port, host }: HostOptions,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string | undefined {
  if (!open) return 'as --no-open asks'
  if (readyFile !== undefined) return 'as --ready-file asks'
  if (port.explicit) return 'as --port asks'
  if (host !== defaultHost) return 'as --host asks'
  if (environment.SPANLIGHT_NO_ELECTRON) return 'as SPANLIGHT_NO_ELECTRON asks'
  if (environment.CI) return 'because nobody looks at a window in CI'
  if (!canShowBrowser(environment, platform)) return 'because there is no display for a window'
  return undefined
}

/** The desktop app's own arguments for what was asked for; what wasn't is left to its defaults. */
export function windowArguments({ otlpHost, otlpGrpc, otlpHttp, db, durable }: HostOptions): string[] {
  return [
    `--db=${resolve(db)}`,
    `--otlp-host=${otlpHost}`,
    ...(otlpGrpc.explicit ? [`--otlp-grpc-port=${otlpGrpc.port}`] : []),
    ...(otlpHttp.explicit ? [`--otlp-http-port=${otlpHttp.port}`] : []),
    ...(durable ? ['--durable'] : []),
  ]
}

/** Resolves when the window was closed, or at once with why there can be none. */
export function openWindow(executable: string, args: readonly string[]): Promise<string | undefined> {
  const { ELECTRON_RUN_AS_NODE: _runAsNode, ...env } = process.env
  const startedMs = performance.now()
  const child = spawn(executable, args, { stdio: 'inherit', env })
  let isStopping = false
  const stop = (signal: NodeJS.Signals): void => {
    isStopping = true
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
  process.on('disconnect', () => stop('SIGTERM'))
  return new Promise((settle) => {
    child.once('error', (error) => settle(error.message))
    child.once('exit', (code, signal) => {
      const isEarly = performance.now() - startedMs < startsWithinMs
      if (code === 0 || isStopping || !isEarly) settle(undefined)
      else settle(`it ended with ${signal ?? `code ${code}`}`)
    })
  })
}
