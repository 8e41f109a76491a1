/** Before tests that run what is built: builds it anew when it isn't there, or is older than what it is made of. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

const root = join(import.meta.dirname, '../..')
const builtLast = join(root, 'out/html-export/page.html')
const builtForNode = join(root, 'out/node/cli.js')

export default function setup(project: TestProject): void {
  bringUpToDate()
  project.onTestsRerun(bringUpToDate)
}

function bringUpToDate(): void {
  if (!existsSync(builtLast)) run(join(root, 'scripts/run.js'), 'build')
  else if (newestSource() > changed(builtForNode)) run(join(root, 'node_modules/vite/bin/vite.js'), ...nodeBuild)
}

const nodeBuild = ['build', '--config', 'vite.node.config.ts', '--logLevel', 'warn']

function run(script: string, ...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${script} failed`)
}

function newestSource(): number {
  const sources = ['engine', 'cli', 'server', 'shared'].flatMap((folder) => {
    const path = join(root, 'src', folder)
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
  })
  return Math.max(...[...sources, join(root, 'vite.node.config.ts')].map(changed))
}

function changed(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}
