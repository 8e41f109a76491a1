#!/usr/bin/env node
// The command line's door: makes sure of a Node that can run Spanlight, then starts it. Plain JavaScript that every
// Node since 14 can read, because its first job is to say that a Node is too old.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const neededMajor = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cli = join(root, 'out', 'node', 'cli.js')

if (!existsSync(cli)) stop('Spanlight has not been built. Run: npm ci && npm run build')
else if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
  await import('../out/node/cli.js')
} else {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(node)) wrap(node)
  else {
    stop(
      `Spanlight needs Node ${neededMajor} or newer; this is ${process.versions.node}. ` +
        'Install it from nodejs.org, or run "npm ci" in the checkout (without --ignore-scripts), which brings one along.',
    )
  }
}

function stop(message) {
  console.error(`spanlight: ${message}`)
  process.exitCode = 1
}

// The IPC channel is there to break: when this process vanishes, the child notices and stops.
function wrap(node) {
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
