/** `bin/spanlight.js` under an older Node: a wrapper that passes on signals and exit codes, and takes its child along. */

import { spawnSync } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { CliSandbox, freePorts, isAlive, wrapper } from '../support/cli-process.ts'
import { call } from '../support/http-client.ts'

/** The host's own Node where it is too old for Spanlight; otherwise the one at hand, and then nothing is wrapped. */
function hostNode(): { program: string; wraps: boolean } {
  const { stdout, status } = spawnSync('/usr/bin/node', ['--version'], { encoding: 'utf8' })
  const major = Number(/^v(\d+)/.exec(stdout ?? '')?.[1])
  return status === 0 && major < 24
    ? { program: '/usr/bin/node', wraps: true }
    : { program: process.execPath, wraps: false }
}

const { program, wraps } = hostNode()
const command = [program, wrapper]

describe(wraps ? 'around an own Node' : 'on a Node that needs no wrapper', () => {
  it('passes on SIGTERM and the exit code', async () => {
    await using sandbox = new CliSandbox()
    const { process: wrapping, ready } = await sandbox.serve({ command })
    expect(ready.pid === wrapping.child.pid).toBe(!wraps)
    expect(wrapping.stdout()).toContain(ready.ui)
    expect((await call(ready.ui)).status).toBe(302)
    wrapping.child.kill('SIGTERM')
    expect(await wrapping.ended).toEqual({ code: 0, signal: null })
    await vi.waitUntil(() => !isAlive(ready.pid), 5_000)
  })

  it('passes on failure', async () => {
    await using sandbox = new CliSandbox()
    const bad = sandbox.run(['serve', '--port', 'x'], command)
    const lost = sandbox.run(['serve', '--db', `${wrapper}/below.db`, ...freePorts], command)
    expect(await bad.ended).toEqual({ code: 1, signal: null })
    expect(bad.stderr()).toContain('65535')
    expect(await lost.ended).toEqual({ code: 1, signal: null })
    expect(lost.stderr()).toContain('STORE_READONLY')
  })

  it('takes its child along when it vanishes', async () => {
    await using sandbox = new CliSandbox()
    const { process: wrapping, ready } = await sandbox.serve({ command })
    wrapping.child.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(ready.pid), { timeout: 10_000, interval: 50 })
    const again = await sandbox.serve({ command })
    again.process.child.kill('SIGINT')
    expect(await again.process.ended).toEqual({ code: 0, signal: null })
  })
})
