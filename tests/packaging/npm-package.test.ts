/** The npm package, installed where no registry can be reached and nothing is cached, receives and shows a trace. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliSandbox } from '../support/cli-process.ts'
import { call } from '../support/http-client.ts'
import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'

const installLimitMs = 240_000
/** Nothing listens there. */
const refused = 'http://127.0.0.1:9'
const root = join(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'spanlight-npm-'))
const home = join(scratch, 'project')
const installed = join(home, 'node_modules/spanlight')

/** npm without what the npm around these tests hands down, and this Node before any other. */
const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HTTP_PROXY: refused,
  HTTPS_PROXY: refused,
  npm_config_registry: refused,
  npm_config_cache: join(scratch, 'cache'),
  npm_config_userconfig: join(scratch, 'npmrc'),
  npm_config_fetch_retries: '0',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: environment,
    shell: process.platform === 'win32',
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

beforeAll(() => {
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{}')
  // The build stands already; building again would pull it away under other tests.
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], root)
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? 'no tarball'
  console.log(`The npm package: ${(statSync(join(scratch, tarball)).size / 1_000_000).toFixed(1)} MB.`)
  run('npm', ['install', join(scratch, tarball)], home)
}, installLimitMs)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('brings its production packages along, with binaries for every system', () => {
  const { dependencies, engines } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
    engines: { node: string }
  }
  for (const name of Object.keys(dependencies)) expect(existsSync(join(installed, 'node_modules', name))).toBe(true)
  expect(engines.node).toBe('>=24')
  expect(readdirSync(join(installed, 'node_modules/better-sqlite3/prebuilds'))).toHaveLength(8)
  for (const name of ['react', 'electron', 'vite']) {
    expect(existsSync(join(installed, 'node_modules', name))).toBe(false)
  }
  expect(existsSync(join(installed, 'out/licenses.txt'))).toBe(true)
  // Installed beside it would mean that npm found it elsewhere.
  expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['spanlight'])
})

test('has a command', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(run('npx', ['--no', '--', 'spanlight', '--version'], home)).toContain(version)
})

test('receives a trace and its log, gives them back, and serves the page', async () => {
  await using sandbox = new CliSandbox()
  const command = [process.execPath, join(installed, 'bin/spanlight.js')]
  const { process: served, ready } = await sandbox.serve({ command })
  const send = async (signal: string, body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' }
    return (await call(`${ready.otlpHttp}/v1/${signal}`, { method: 'POST', headers, body: JSON.stringify(body) }))
      .status
  }
  expect(await send('traces', tracesOf('cart', [{ trace: 7, id: 1, name: 'GET /cart' }]))).toBe(200)
  expect(await send('logs', logsOf('cart', [{ trace: 7, span: 1, body: 'cart is empty' }]))).toBe(200)

  const read = async (path: string): Promise<string> => {
    const answer = await call(new URL(path, ready.ui).href, { headers: { authorization: `Bearer ${ready.token}` } })
    expect(answer.status).toBe(200)
    return answer.body.toString()
  }
  expect(await read(`/api/traces/${traceIdOf(7)}`)).toContain('GET /cart')
  expect(await read(`/api/traces/${traceIdOf(7)}/logs`)).toContain('cart is empty')

  const cookie = (await call(ready.ui)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const page = await call(new URL('/', ready.ui).href, { headers: { cookie } })
  expect(page.status).toBe(200)
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body.toString())?.[1] ?? 'no script'
  expect((await call(new URL(script, ready.ui).href, { headers: { cookie } })).status).toBe(200)

  served.child.kill('SIGTERM')
  // Windows knows no signals: there a process just ends.
  if (process.platform !== 'win32') expect(await served.ended).toEqual({ code: 0, signal: null })
})
