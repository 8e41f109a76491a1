/** Runs the app with the stand-in for Electron. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import type { FromStandIn, ToStandIn } from '../stand-in/control.ts'
import type { DesktopApp, DesktopHost, Ended, InMain, StartOptions } from './desktop-app.ts'

const launcher = fileURLToPath(new URL('../stand-in/launch.ts', import.meta.url))

export const standInHost: DesktopHost = {
  name: 'the stand-in for Electron (no binary here)',
  isReal: false,
  start: (options) => StandInApp.start(options),
  run: async ({ appFolder, args }) => {
    const launched = launch(appFolder, args)
    launched.child.send({ type: 'watching' } satisfies ToStandIn, () => undefined)
    return { ...(await launched.ended), output: launched.output() }
  },
}

interface Launched {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  output(): string
}

function launch(appFolder: string, args: readonly string[]): Launched {
  const child = fork(launcher, [appFolder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => written.push(String(part)))
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal }))
  return { child, ended, output: () => written.join('') }
}

class StandInApp implements DesktopApp {
  readonly page: Page
  readonly pid: number
  readonly ended: Promise<Ended>
  readonly output: () => string
  readonly #child: ChildProcess
  readonly #browser: Browser
  readonly #answers: Map<number, PromiseWithResolvers<unknown>>
  #lastCall = 0

  private constructor(launched: Launched, browser: Browser, page: Page) {
    const { child, ended, output } = launched
    this.#child = child
    this.#browser = browser
    this.#answers = new Map()
    this.page = page
    this.pid = child.pid ?? 0
    this.ended = ended
    this.output = output
    child.on('message', (message: FromStandIn) => {
      if (message.type === 'browser') return
      const answer = this.#answers.get(message.id)
      this.#answers.delete(message.id)
      if (message.type === 'value') answer?.resolve(message.value)
      else answer?.reject(new Error(message.message))
    })
    void ended.then(() => {
      for (const answer of this.#answers.values()) answer.reject(new Error(`the app ended:\n${output()}`))
    })
  }

  static async start({ appFolder, args, onPage }: StartOptions): Promise<StandInApp> {
    const launched = launch(appFolder, args)
    const { child, ended, output } = launched
    const endpoint = new Promise<string>((resolve) => {
      child.on('message', (message: FromStandIn) => {
        if (message.type === 'browser') resolve(message.endpoint)
      })
    })
    const tooSoon = ended.then(({ code }) => {
      throw new Error(`the app ended with ${code} before it had a window:\n${output()}`)
    })
    // Sizes, themes and the like are the stand-in's to set.
    const browser = await chromium.connectOverCDP(await Promise.race([endpoint, tooSoon]), { noDefaults: true })
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('the window has no page')
    onPage?.(page)
    const app = new StandInApp(launched, browser, page)
    const watching: ToStandIn = { type: 'watching' }
    child.send(watching)
    return app
  }

  evaluate<Result, Argument>(
    code: (electron: InMain, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    this.#lastCall++
    const message: ToStandIn = { type: 'evaluate', id: this.#lastCall, code: String(code), argument }
    const answer = Promise.withResolvers<unknown>()
    this.#answers.set(this.#lastCall, answer)
    this.#child.send(message, (error) => {
      if (error) answer.reject(error)
    })
    return answer.promise as Promise<Result>
  }

  async dispose(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL')
    await this.ended
    await this.#browser.close().catch(() => undefined)
  }
}
