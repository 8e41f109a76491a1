/** The waterfall benchmark: a huge trace in Chromium, from the click in Traces to its first rows, then scrolling and hovering. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.ts'
import { largeTraceRequests } from '../tests/e2e/support/large-trace.ts'
import { ago } from '../tests/e2e/support/moments.ts'
import { Sender } from '../tests/e2e/support/sender.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { commandLine, machineFacts, quantile } from './machine.ts'
import { type FrameTimes, installProbe, type Probe } from './page-probe.ts'

const viewport = { width: 1920, height: 1080 }
const warmUps = 1
const mebibyte = 1024 * 1024

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spans: { type: 'string', multiple: true, default: ['20000', '50000'] },
      runs: { type: 'string', default: '5' },
    },
  })
  const sizes = values.spans.map(Number)
  const runs = Number(values.runs)
  if (!sizes.every((spans) => spans >= 1) || !(runs >= 1)) throw new Error('--spans and --runs are numbers above 0')

  const { path } = findBrowser()
  const browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--enable-precise-memory-info'],
  })
  try {
    console.log(`${commandLine('waterfall', args)}\n${machineFacts()}`)
    console.log(
      `Chromium ${browser.version()}, headless, ${viewport.width} × ${viewport.height}; ${runs} runs after a warm-up`,
    )
    for (const spans of sizes) await measure(browser, spans, runs)
  } finally {
    await browser.close()
  }
}

async function measure(browser: Browser, spans: number, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  const server = await startSpanlight({ folder })
  try {
    const sender = new Sender(server.otlpHttp)
    for (const request of largeTraceRequests({ trace: 1, spans, start: ago(60_000) })) await sender.traces(request)
    const opened: number[] = []
    let last: Visit | undefined
    for (let turn = 0; turn < warmUps + runs; turn++) {
      // A page of its own each time: nothing of the trace is cached, as for somebody who opens it first.
      last = await visit(browser, server.ui)
      if (turn >= warmUps) opened.push(last.openedMs)
    }
    if (last) print(spans, opened, last)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Visit {
  /** From the click on the row in Traces to the frame after the first bar was drawn. */
  readonly openedMs: number
  readonly scroll: FrameTimes
  readonly hover: FrameTimes
  readonly memory: Memory
}

interface Memory {
  readonly heapMiB: number
  /** Of typed arrays, which lie outside the heap. */
  readonly buffersMiB: number
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport })
  try {
    const page = await context.newPage()
    await page.addInitScript(installProbe)
    await page.goto(url)
    const row = page.getByRole('table', { name: 'Traces' }).getByRole('row', { name: 'POST /import' })
    await row.waitFor()
    await settled(page)
    const clicked = page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.fromClickToFirstBar())
    await row.getByRole('cell').first().click()
    const openedMs = await clicked

    const waterfall = page.getByRole('treegrid', { name: 'Waterfall' })
    const box = await waterfall.evaluate((grid) => {
      const { left, top, width, height } = (grid.parentElement as typeof grid).getBoundingClientRect()
      return { left, top, width, height }
    })
    await settled(page)
    const scroll = await page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.scrollThrough())
    await settled(page)
    const frames = page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.framesUntilStopped())
    await hoverOver(page, box)
    await page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.stop())
    return { openedMs, scroll, hover: await frames, memory: await memoryOf(await context.newCDPSession(page)) }
  } finally {
    await context.close()
  }
}

/** Until the page has had nothing to do for a moment: requests answered, idle callbacks served. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.idle())
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Over all rows on screen, from the names to the bars, as a hand would. */
async function hoverOver(page: Page, { left, top, width, height }: Box): Promise<void> {
  const moves = 120
  for (let move = 0; move < moves; move++) {
    const share = move / moves
    await page.mouse.move(left + width * (0.1 + 0.8 * ((share * 3) % 1)), top + height * (0.05 + 0.9 * share))
  }
}

/** After a collection, so that only what is kept counts. */
async function memoryOf(session: CDPSession): Promise<Memory> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  return { heapMiB: usedSize / mebibyte, buffersMiB: backingStorageSize / mebibyte }
}

function print(spans: number, opened: readonly number[], { scroll, hover, memory }: Visit): void {
  const sorted = [...opened].sort((left, right) => left - right)
  const ms = (value: number): string => `${value.toFixed(0)} ms`
  const frames = ({ p50Ms, p95Ms, worstMs, count }: FrameTimes): string =>
    `p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, worst ${worstMs.toFixed(1)} ms, of ${count} frames`
  console.log(`\n${spans.toLocaleString('en')} spans`)
  console.log(
    `  click → rows   min ${ms(quantile(sorted, 0))}, median ${ms(quantile(sorted, 0.5))}, max ${ms(quantile(sorted, 1))}`,
  )
  console.log(`  scrolling      ${frames(scroll)}`)
  console.log(`  hovering       ${frames(hover)}`)
  console.log(
    `  memory         JS heap ${memory.heapMiB.toFixed(0)} MiB, buffers ${memory.buffersMiB.toFixed(0)} MiB, after a collection`,
  )
}
