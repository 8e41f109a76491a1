/** A page of Chromium behind a web contents: its scripts, its messages, and what it asks the network for. */

import { randomBytes } from 'node:crypto'
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test'
import { mainWorldScript } from './injected.ts'
import type { FromPage, Secrets, ToPage } from './page/messages.ts'
import { answer, toAppUrl, toPageUrl } from './schemes.ts'

export interface PageEvents {
  /** True when main allows it. `url` as main knows it. */
  mayNavigate(url: string): boolean
  windowWanted(wanted: WantedWindow): void
  committed(url: string): void
  inPage(url: string): void
  painted(): void
  message(message: FromPage): void
  /** Another document took the place of the one that was there, or none. */
  documentGone(): void
}

export interface WantedWindow {
  readonly url: string
  readonly frameName: string
  readonly features: string
}

const world = 'electron-preload'

export class PageSession {
  readonly page: Page
  readonly cdp: CDPSession
  readonly #events: PageEvents
  readonly #secrets: Secrets
  readonly #navigationsOfPage = new Set<string>()
  #mainFrame = ''
  #preloadContext: number | undefined
  #messages: Promise<unknown> = Promise.resolve()

  private constructor(page: Page, cdp: CDPSession, secrets: Secrets, events: PageEvents) {
    this.page = page
    this.cdp = cdp
    this.#secrets = secrets
    this.#events = events
  }

  static async open(
    context: BrowserContext,
    page: Page,
    preload: ((secrets: Secrets) => string) | undefined,
    events: PageEvents,
  ): Promise<PageSession> {
    const name = `standIn${randomBytes(8).toString('hex')}`
    const secrets = { binding: name, event: name }
    const session = new PageSession(page, await context.newCDPSession(page), secrets, events)
    await session.#listen()
    if (preload !== undefined) await session.#inject(preload(secrets))
    await page.route('**/*', (route) => session.#route(route))
    return session
  }

  /** Nothing gets to a document whose preload has not run: as in Electron, it is lost. */
  send(message: ToPage): void {
    const executionContextId = this.#preloadContext
    if (executionContextId === undefined) {
      console.error(`[stand-in] lost, for no preload listens: ${JSON.stringify(message).slice(0, 200)}`)
      return
    }
    this.#messages = this.cdp
      .send('Runtime.callFunctionOn', {
        executionContextId,
        functionDeclaration: `function (text) { globalThis[${JSON.stringify(`${this.#secrets.binding}In`)}](text) }`,
        arguments: [{ value: JSON.stringify(message) }],
      })
      // The document may go while the message is under way.
      .then(
        ({ exceptionDetails }) => {
          if (exceptionDetails) console.error('[stand-in] in the preload:', exceptionDetails.exception?.description)
        },
        () => undefined,
      )
  }

  /** Resolves when what was sent has been handled. */
  async settled(): Promise<void> {
    await this.#messages
  }

  async #listen(): Promise<void> {
    const { cdp } = this
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === this.#mainFrame) this.#navigationsOfPage.add(withoutFragment(url))
    })
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.#events.windowWanted({ url: toAppUrl(url), frameName: windowName, features: windowFeatures.join(',') }),
    )
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#events.committed(toAppUrl(frame.url))
    })
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#mainFrame) this.#events.inPage(toAppUrl(url))
    })
    cdp.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId === this.#mainFrame && (name === 'firstPaint' || name === 'firstContentfulPaint'))
        this.#events.painted()
    })
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === world && (auxData as { frameId?: string }).frameId === this.#mainFrame) this.#preloadContext = id
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#contextGone(executionContextId))
    cdp.on('Runtime.executionContextsCleared', () => this.#contextGone(this.#preloadContext))
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.#secrets.binding && executionContextId === this.#preloadContext)
        this.#events.message(JSON.parse(payload) as FromPage)
    })
    await cdp.send('Page.enable')
    await cdp.send('Page.setLifecycleEventsEnabled', { enabled: true })
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrame = frameTree.frame.id
    await cdp.send('Runtime.enable')
  }

  async #inject(preload: string): Promise<void> {
    const { cdp } = this
    await cdp.send('Runtime.addBinding', { name: this.#secrets.binding, executionContextName: world })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(this.#secrets) })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: world })
  }

  #contextGone(id: number | undefined): void {
    if (id === undefined || id !== this.#preloadContext) return
    this.#preloadContext = undefined
    this.#events.documentGone()
  }

  async #route(route: Route): Promise<void> {
    const request = route.request()
    const url = toAppUrl(request.url())
    try {
      if (
        request.isNavigationRequest() &&
        request.frame() === this.page.mainFrame() &&
        (await this.#isRefused(request.url()))
      )
        return await route.abort('aborted')
      const body = request.postDataBuffer()
      const response = await answer(
        new Request(url, {
          method: request.method(),
          headers: await request.allHeaders(),
          ...(body === null ? {} : { body: new Uint8Array(body) }),
        }),
      )
      // Nothing of the app may come from anywhere else.
      if (response === undefined) return await route.abort('blockedbyclient')
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries([...response.headers].map(([key, value]) => [key, toPageHeader(value)])),
        body: Buffer.from(await response.arrayBuffer()),
      })
    } catch (error) {
      if (this.page.isClosed()) return
      console.error(`[stand-in] ${request.method()} ${url}:`, error)
      await route.abort('failed').catch(() => undefined)
    }
  }

  /** Only what the page itself started is main's to refuse; a load or reload from outside is not. */
  async #isRefused(pageUrl: string): Promise<boolean> {
    // A round trip, after which the news that the page wanted this is here.
    await this.cdp.send('Page.getNavigationHistory')
    if (!this.#navigationsOfPage.delete(withoutFragment(pageUrl))) return false
    return !this.#events.mayNavigate(toAppUrl(pageUrl))
  }
}

/** Policies may name the app's scheme. */
function toPageHeader(value: string): string {
  return value.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s;,'"]+/gi, (url) =>
    toPageUrl(url).replace(/\/$/, url.endsWith('/') ? '/' : ''),
  )
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? url
}
