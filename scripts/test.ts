/** `npm test`: builds, runs every runner, and ends with one line that sums them up. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { host } from '../tests/desktop/support/host.ts'
import { findBrowser } from './find-browser.ts'

interface Tally {
  readonly passed: number
  readonly failed: number
}

const reports = 'test-results'

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  })
  return status ?? 1
}

function report(file: string): unknown {
  return JSON.parse(readFileSync(`${reports}/${file}`, 'utf8'))
}

/** A runner that ends badly without a failed test (a crash, no tests) still counts as one failure. */
function counted(status: number, read: () => Tally): Tally {
  try {
    const { passed, failed } = read()
    return { passed, failed: status !== 0 && failed === 0 ? 1 : failed }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function unitAndConformance(): Tally {
  const status = run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports}/unit.json`,
  ])
  return counted(status, () => {
    const { numPassedTests, numTotalTests } = report('unit.json') as { numPassedTests: number; numTotalTests: number }
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests }
  })
}

function playwright(args: readonly string[], name: string, environment: NodeJS.ProcessEnv): Tally {
  const status = run('playwright', ['test', ...args], {
    ...environment,
    PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/${name}.json`,
  })
  return counted(status, () => {
    const { stats } = report(`${name}.json`) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    }
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
  })
}

function endToEnd(): Tally {
  const { path, how } = findBrowser()
  console.log(`\nEnd-to-end tests in ${path} (${how})`)
  return playwright([], 'e2e', { SPANLIGHT_CHROMIUM: path })
}

function desktop(): Tally {
  console.log(`\nDesktop specs in ${host.name}`)
  const environment = host.isReal ? {} : { SPANLIGHT_CHROMIUM: findBrowser().path }
  return playwright(['--config', 'playwright.desktop.config.ts'], 'desktop', environment)
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const tallies: Tally[] = []
if (run(process.execPath, ['scripts/run.js', 'build']) !== 0) tallies.push({ passed: 0, failed: 1 })
else {
  for (const runner of [unitAndConformance, endToEnd, desktop]) {
    try {
      tallies.push(runner())
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      tallies.push({ passed: 0, failed: 1 })
    }
  }
}
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
console.log(`\nThe desktop specs ran in ${host.name}.`)
console.log(`${passed} passed, ${failed} failed`)
if (failed > 0 || passed === 0) process.exitCode = 1
