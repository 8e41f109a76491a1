/** The load lab's benchmark: what receiving the shop and looking at its Overview take from the machine together. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { commandLine, machineFacts } from './machine.ts'
import { cpuSeconds, memoryMiB, treeOf } from './process-tree.ts'

/** Two cores are the smallest machine; a quarter of it stays for the shop. */
const coreLimit = 1.5
const memoryLimitMiB = 700
/** Until the page has loaded and the first commits are behind it. */
const warmUpMs = 10_000
/** Until the browser has started what it starts. */
const settleMs = 3_000

interface Measured {
  readonly name: string
  /** Process trees that count as one. */
  readonly pids: readonly number[]
}

interface Taken {
  readonly name: string
  readonly cores: number
  /** The most at any one moment. */
  readonly mebibytes: number
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      scenario: { type: 'string', default: 'checkout-shop' },
    },
  })
  const seconds = Number(values.seconds)
  if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, so it needs Linux.')
  if (!(seconds >= 5)) throw new Error('--seconds is a number from 5 up')
  console.log(`${commandLine('lab', args)}\n${machineFacts()}`)
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  const server = await startSpanlight({ folder })
  const { path: executablePath } = findBrowser()
  const browser = await chromium.launchServer({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  const lab = spawn(
    process.execPath,
    ['bin/spanlight.js', 'lab', 'run', values.scenario, '--rate', values.rate, '--seed', '7', '--json'].concat([
      '--endpoint',
      server.otlpHttp,
    ]),
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const said: string[] = []
  lab.stdout.on('data', (part) => said.push(String(part)))
  const ended = new Promise((resolve) => lab.once('close', resolve))
  try {
    const page = await (await chromium.connect(browser.wsEndpoint())).newPage({
      viewport: { width: 1440, height: 900 },
    })
    const overview = browser.process().pid ?? 0
    await pause(settleMs)
    const emptyMiB = memoryMiB(treeOf(overview))
    await page.goto(server.ui)
    await page.goto(new URL('/overview', server.ui).href)
    await pause(warmUpMs)
    const taken = await measure(
      [
        { name: 'receiver', pids: [server.pid] },
        { name: 'browser with the Overview', pids: [overview] },
        { name: 'the shop and its load', pids: [lab.pid ?? 0] },
        { name: 'receiver and Overview', pids: [server.pid, overview] },
      ],
      seconds,
    )
    lab.kill('SIGTERM')
    await ended
    report(taken, said.join(''), page.url())
    console.log(`  ${executablePath}: ${emptyMiB.toFixed(0)} MiB with an empty page`)
  } finally {
    lab.kill('SIGTERM')
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(groups: readonly Measured[], seconds: number): Promise<Taken[]> {
  const treesOf = (pids: readonly number[]): number[] => pids.flatMap(treeOf)
  const before = groups.map(({ pids }) => cpuSeconds(treesOf(pids)))
  const most = groups.map(() => 0)
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    await pause(1000)
    for (const [index, { pids }] of groups.entries()) {
      most[index] = Math.max(most[index] ?? 0, memoryMiB(treesOf(pids)))
    }
  }
  const elapsed = (performance.now() - began) / 1000
  return groups.map(({ name, pids }, index) => ({
    name,
    cores: (cpuSeconds(treesOf(pids)) - (before[index] ?? 0)) / elapsed,
    mebibytes: most[index] ?? 0,
  }))
}

function report(taken: readonly Taken[], summary: string, url: string): void {
  const { requests, realisedRate, spans, refused } = JSON.parse(summary) as {
    requests: number
    realisedRate: number
    spans: { sent: number }
    refused: number
  }
  console.log(`\n${requests} requests (${realisedRate}/s), ${spans.sent} spans stored, ${refused} records refused`)
  console.log(`page ${new URL(url).pathname}`)
  for (const { name, cores, mebibytes } of taken) console.log(line(name, cores, mebibytes))
  const together = taken.at(-1)
  const isWithin = together !== undefined && together.cores < coreLimit && together.mebibytes < memoryLimitMiB
  console.log(`  ${isWithin ? 'within' : 'BEYOND'} ${coreLimit} cores and ${memoryLimitMiB} MiB`)
  if (!isWithin) process.exitCode = 1
}

function line(name: string, cores: number, mebibytes: number): string {
  return `  ${name.padEnd(28)}${cores.toFixed(2).padStart(6)} cores  ${mebibytes.toFixed(0).padStart(5)} MiB at most`
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
