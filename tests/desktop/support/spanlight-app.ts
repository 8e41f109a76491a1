/** Spanlight's desktop app under test: started on a folder of its own, looked into, quit and killed. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import { Frame } from '../../e2e/pages/frame.ts'
import type { DesktopApp, Ended, InMain } from './desktop-app.ts'
import { host } from './host.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface SpanlightOptions {
  /** Holds the database and the app's own files; may be that of an earlier start. */
  readonly folder: string
  /** In place of `spanlight.db` in the folder. */
  readonly db?: string
  readonly args?: readonly string[]
  readonly onPage?: (page: Page) => void
}

export class SpanlightApp {
  readonly db: string
  readonly page: Page
  readonly #folder: string
  readonly #app: DesktopApp

  private constructor(app: DesktopApp, { folder, db }: SpanlightOptions) {
    this.#app = app
    this.#folder = folder
    this.db = db ?? databaseIn(folder)
    this.page = app.page
  }

  /** Resolves with the window's page there, whatever it shows. */
  static async start(options: SpanlightOptions): Promise<SpanlightApp> {
    mkdirSync(options.folder, { recursive: true })
    const { onPage } = options
    const app = await host.start({ appFolder: root, args: argumentsOf(options), ...(onPage ? { onPage } : {}) })
    return new SpanlightApp(app, options)
  }

  /** Another instance on the same folder, run until it ends. */
  second(...args: readonly string[]): ReturnType<typeof host.run> {
    return host.run({ appFolder: root, args: argumentsOf({ folder: this.#folder, db: this.db, args }) })
  }

  get pid(): number {
    return this.#app.pid
  }

  get ended(): Promise<Ended> {
    return this.#app.ended
  }

  evaluate<Result, Argument = undefined>(
    code: (electron: InMain, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.#app.evaluate(code, argument)
  }

  output(): string {
    return this.#app.output()
  }

  /** Where OTLP is received, as the window says. */
  async endpoints(): Promise<{ readonly grpc: string; readonly http: string }> {
    const { ingest } = new Frame(this.page)
    await expect(ingest).toContainText(/gRPC \d+.*HTTP \d+/s)
    const [, grpc, http] = /gRPC (\d+).*HTTP (\d+)/s.exec(await ingest.innerText()) ?? []
    return { grpc: `http://127.0.0.1:${grpc}`, http: `http://127.0.0.1:${http}` }
  }

  /** Goes to a screen, such as `/logs`, as the menu does. */
  async open(path: string): Promise<void> {
    await this.evaluate(async ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows()
      await window?.loadURL(new URL(to, window.webContents.getURL()).href)
    }, path)
  }

  /** Of the engine's process; undefined while there is none. */
  async enginePid(): Promise<number | undefined> {
    const metrics = await this.evaluate(({ app }) => app.getAppMetrics().map(({ pid, name }) => ({ pid, name })))
    return metrics.find(({ name }) => name === 'Spanlight engine')?.pid
  }

  /** As a person does, and until everything is gone. */
  async quit(): Promise<Ended> {
    // The app may be gone before it can answer.
    await this.evaluate(({ app }) => {
      setImmediate(() => app.quit())
    }).catch(() => undefined)
    return this.#app.ended
  }

  async dispose(): Promise<void> {
    const engine = await Promise.race([this.enginePid().catch(() => undefined), this.ended.then(() => undefined)])
    await this.#app.dispose()
    if (engine !== undefined) await expect.poll(() => isAlive(engine)).toBe(false)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function databaseIn(folder: string): string {
  return join(folder, 'spanlight.db')
}

/** Ports of its own, unless others are asked for: what comes last counts. */
function argumentsOf({ folder, db = databaseIn(folder), args = [] }: SpanlightOptions): string[] {
  return [
    `--user-data-dir=${join(folder, 'user-data')}`,
    `--db=${db}`,
    ...['--otlp-grpc-port=0', '--otlp-http-port=0'],
    ...args,
  ]
}
