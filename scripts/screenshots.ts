/**
 * `node scripts/run.js screenshots`: photographs the screens of the built app, in both themes, for the docs.
 * Where `pngquant` is installed it makes the pictures less than half as large.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { busyShop } from './busy-shop.ts'
import { findBrowser } from './find-browser.ts'
import { type Shop, shop } from './sample-shop.ts'

const pictures = 'docs/images'
const maxPictureBytes = 250_000
const startLimitMs = 20_000
/** Optional, and no package of this project. */
const shrink = 'pngquant'

interface Ready {
  readonly ui: string
  readonly token: string
  readonly otlpHttp: string
}

const folder = mkdtempSync(join(tmpdir(), 'spanlight-screenshots-'))
const running: ChildProcess[] = []

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  running.push(child)
  return child
}

/** Waits until `look` finds what it looks for. */
async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < startLimitMs; waited += 100) {
    const found = await look()
    if (found !== undefined) return found
    await delay(100)
  }
  throw new Error(`${what} did not happen within ${startLimitMs / 1000} s`)
}

async function startSpanlight(name: string): Promise<Ready> {
  const readyFile = join(folder, `${name}.json`)
  const anyPort = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']
  const database = ['--db', join(folder, `${name}.db`)]
  start(['bin/spanlight.js', 'serve', '--no-open', '--ready-file', readyFile, ...anyPort, ...database])
  return until('Spanlight listening', () =>
    existsSync(readyFile) ? (JSON.parse(readFileSync(readyFile, 'utf8')) as Ready) : undefined,
  )
}

/** Some real telemetry among the made-up: the example's two services. */
async function runExample({ otlpHttp }: Ready): Promise<void> {
  const example = start(['examples/node-checkout/start.js'], { OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttp, PORT: '0' })
  const [output] = (await once(example.stdout ?? example, 'data')) as [Buffer]
  const url = /http:\S+/.exec(String(output))?.[0] ?? ''
  for (const query of ['', '', '?fail=1', '']) await (await fetch(`${url}${query}`)).text()
}

async function send({ otlpHttp }: Ready, signal: 'traces' | 'metrics' | 'logs', body: unknown): Promise<void> {
  const answer = await fetch(`${otlpHttp}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${signal} were refused: ${await answer.text()}`)
}

async function traceCount({ ui, token }: Ready): Promise<number> {
  const answer = await fetch(new URL('/api/health', ui), { headers: { authorization: `Bearer ${token}` } })
  return ((await answer.json()) as { counts: { traces: number } }).counts.traces
}

interface Picture {
  readonly name: string
  readonly path: string
  /** Resolves when the screen shows what it should. */
  readonly settled: (page: Page) => Promise<void>
}

function picturesOf({ checkoutTraceId, insertSpanId }: Shop): readonly Picture[] {
  return [
    {
      name: 'traces',
      path: '/traces?range=15m',
      settled: (page) =>
        page
          .getByRole('row', { name: /POST \/buy/ })
          .first()
          .waitFor(),
    },
    {
      name: 'trace',
      path: `/traces/${checkoutTraceId}?span=${insertSpanId}`,
      settled: async (page) => {
        await page.getByRole('treegrid', { name: 'Waterfall' }).getByText('INSERT orders').waitFor()
        await page.getByRole('region', { name: 'Span details' }).getByText('db.query.text').waitFor()
        await page.getByRole('region', { name: 'Logs' }).getByText('buy clicked').waitFor()
      },
    },
    {
      name: 'logs',
      path: '/logs?range=15m&severity=info',
      settled: (page) => page.getByText('order insert failed').first().waitFor(),
    },
  ]
}

/** Of aggregates: a Spanlight of its own, with a shop that is busy. */
const busyPictures: readonly Picture[] = [
  {
    name: 'overview',
    path: '/overview?range=15m',
    settled: async (page) => {
      await page
        .getByRole('button', { name: /^Open a failed trace/ })
        .first()
        .waitFor()
      await page
        .getByRole('figure', { name: 'Saturation' })
        .getByRole('button', { name: /^orders-db pool/ })
        .waitFor()
      await page
        .getByRole('row', { name: /POST \/checkout/ })
        .first()
        .waitFor()
    },
  },
  {
    name: 'metrics',
    path: '/metrics?range=15m&name=http.server.request.duration&by=http.route',
    settled: async (page) => {
      await page.getByRole('table', { name: 'Groups' }).getByText('/checkout').waitFor()
      await page.getByRole('figure', { name: 'Heatmap' }).waitFor()
    },
  },
]

async function sendBusyShop(spanlight: Ready): Promise<void> {
  const { traces, metrics, logs } = busyShop(Date.now())
  for (const request of traces) await send(spanlight, 'traces', request)
  for (const request of metrics) await send(spanlight, 'metrics', request)
  await send(spanlight, 'logs', logs)
}

async function photograph(
  browser: Browser,
  { ui }: Ready,
  theme: 'light' | 'dark',
  all: readonly Picture[],
): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  await page.goto(ui)
  for (const { name, path, settled } of all) {
    await page.goto(new URL(path, ui).href)
    await settled(page)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    // Where nothing reacts to being pointed at.
    await page.mouse.move(40, 500)
    const file = join(pictures, `${name}-${theme}.png`)
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
    spawnSync(shrink, ['--force', '--skip-if-larger', '--strip', '--output', file, '256', file])
    const { size } = statSync(file)
    console.log(`${file}  ${Math.round(size / 1000)} kB`)
    if (size > maxPictureBytes) throw new Error(`${file} is larger than ${maxPictureBytes} bytes; install ${shrink}`)
  }
  await page.close()
}

/** Last: what its services send would stand in the other pictures. */
async function photographLoadLab(browser: Browser, spanlight: Ready): Promise<void> {
  const page = await browser.newPage()
  await page.goto(new URL(`/load-lab?token=${spanlight.token}`, spanlight.ui).href)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('switch', { name: 'Database timeout' }).press('Space')
  await page.close()
  const failing = { name: 'loadlab', path: '/load-lab', settled: untilFailing }
  for (const theme of ['light', 'dark'] as const) await photograph(browser, spanlight, theme, [failing])
}

/** All the way from the database to the entry. */
async function untilFailing(page: Page): Promise<void> {
  for (const name of ['orders-db', 'checkout', 'storefront'])
    await page
      .getByRole('link', { name: new RegExp(`^Traces of ${name}, `) })
      .filter({ hasText: / err$/ })
      .waitFor()
}

async function stopAll(): Promise<void> {
  await Promise.all(
    running.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }),
  )
  rmSync(folder, { recursive: true, force: true })
}

mkdirSync(pictures, { recursive: true })
try {
  const spanlight = await startSpanlight('shop')
  await runExample(spanlight)
  await until('the example arriving', async () => ((await traceCount(spanlight)) >= 4 ? true : undefined))
  const sample = shop(Date.now())
  await send(spanlight, 'traces', { resourceSpans: sample.resourceSpans })
  await send(spanlight, 'logs', { resourceLogs: sample.resourceLogs })
  const browser = await chromium.launch({
    executablePath: findBrowser().path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  for (const theme of ['light', 'dark'] as const) await photograph(browser, spanlight, theme, picturesOf(sample))
  await photographLoadLab(browser, spanlight)
  const busy = await startSpanlight('busy')
  await sendBusyShop(busy)
  for (const theme of ['light', 'dark'] as const) await photograph(browser, busy, theme, busyPictures)
  await browser.close()
} finally {
  await stopAll()
}
