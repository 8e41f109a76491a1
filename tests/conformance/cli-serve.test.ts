/** `spanlight serve` as a process: what it says, what it writes, and how it stops. */

import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { CliSandbox, freePorts, type Ready, sourceCommand } from '../support/cli-process.ts'
import { type Answer, call } from '../support/http-client.ts'
import { tracesOf } from '../support/otlp.ts'

const send = ({ otlpHttp }: Ready, trace: number): Promise<Answer> =>
  call(`${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(tracesOf('cart', [{ trace, id: 1 }])),
  })

const portOf = (url: string): string => new URL(url).port

describe('a running instance', () => {
  it('says where it is, serves the app, and keeps others off its database and ports', async () => {
    await using sandbox = new CliSandbox()
    const { process, ready } = await sandbox.serve()

    expect(ready).toEqual({
      pid: process.child.pid,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      db: sandbox.db,
      ui: expect.stringContaining(`/?token=${ready.token}`),
      token: expect.stringMatching(/^[\w-]{32}$/),
      otlpGrpc: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      otlpHttp: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    })
    expect(statSync(sandbox.readyFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(sandbox.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])

    const said = process.stdout()
    expect(/https?:\/\/\S+/.exec(said)?.[0]).toBe(ready.ui)
    for (const part of [ready.otlpGrpc, ready.otlpHttp, ready.db, ready.version]) expect(said).toContain(part)
    expect(said + process.stderr()).not.toContain('\u001b')

    const introduced = await call(ready.ui)
    const cookie = introduced.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const page = await call(new URL('/', ready.ui).href, { headers: { cookie } })
    expect(page.status).toBe(200)
    const nonce = /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1] ?? 'none'
    expect(page.body.toString()).toContain(`nonce="${nonce}"`)
    expect(page.body.toString()).not.toContain('__CSP_NONCE__')
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body.toString())?.[1] ?? ''
    expect((await call(new URL(script, ready.ui).href, { headers: { cookie } })).status).toBe(200)

    const otherDb = join(sandbox.folder, 'other.db')
    const [sameDb, sameOtlpPort, sameAppPort] = [
      sandbox.run(['serve', '--db', sandbox.db, ...freePorts]),
      sandbox.run([
        'serve',
        '--db',
        otherDb,
        '--otlp-http-port',
        portOf(ready.otlpHttp),
        '--otlp-grpc-port',
        '0',
        '--no-open',
      ]),
      sandbox.run(['serve', '--db', `${otherDb}2`, ...freePorts, '--port', portOf(ready.ui)]),
    ]
    for (const [refused, code, detail] of [
      [sameDb, 'STORE_LOCKED', sandbox.db],
      [sameOtlpPort, 'PORT_TAKEN', portOf(ready.otlpHttp)],
      [sameAppPort, 'PORT_TAKEN', portOf(ready.ui)],
    ] as const) {
      expect(await refused.ended).toEqual({ code: 1, signal: null })
      expect(refused.stderr()).toContain(`spanlight: ${code}: `)
      expect(refused.stderr()).toContain(detail)
      expect(refused.stderr()).not.toMatch(/^ {4}at /m)
    }
    expect((await send(ready, 1)).status).toBe(200)
  })

  it.each([
    ['SIGTERM', 'as built', {}],
    ['SIGINT', 'as developers run it', { command: sourceCommand }],
  ] as const)('commits what it admitted and exits 0 on %s, %s', async (signal, _, options) => {
    await using sandbox = new CliSandbox()
    const { process, ready } = await sandbox.serve(options)
    const acknowledged: number[] = []
    const sending = Array.from({ length: 40 }, async (_, index) => {
      const { status } = await send(ready, index + 1)
      if (status === 200) acknowledged.push(index + 1)
    })
    await Promise.any(sending)
    const stoppedAt = performance.now()
    process.child.kill(signal)
    expect(await process.ended).toEqual({ code: 0, signal: null })
    expect(performance.now() - stoppedAt).toBeLessThan(5_000)
    await Promise.allSettled(sending)
    expect(acknowledged.length).toBeGreaterThan(0)

    expect(existsSync(`${sandbox.db}-wal`)).toBe(false)
    const db = new Sqlite(sandbox.db, { readonly: true })
    const stored = db.prepare("SELECT ('0x' || hex(substr(trace_id, 15))) AS id FROM span").pluck().all() as string[]
    db.close()
    expect(stored.map(Number)).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(stored).size).toBe(stored.length)
  })

  it('gives way to the next free port where a default one is taken, and says so', async () => {
    await using sandbox = new CliSandbox()
    const holder = createServer()
    // Somebody else may hold it already: taken is taken.
    await new Promise((resolve) => holder.once('error', resolve).listen(4319, '127.0.0.1', () => resolve(undefined)))
    const { process, ready } = await sandbox.serve({
      args: ['--otlp-grpc-port', '0', '--otlp-http-port', '0', '--no-open'],
    })
    holder.close()
    const port = portOf(ready.ui)
    expect(port).not.toBe('4319')
    expect(process.stdout() + process.stderr()).toContain(`Port 4319 is taken: the app is on ${port} instead.`)
    expect((await call(ready.ui)).status).toBe(302)
  })
})

describe('an instance that cannot start', () => {
  it('leaves no ready file of an earlier one', async () => {
    await using sandbox = new CliSandbox()
    writeFileSync(sandbox.readyFile, '{}')
    writeFileSync(sandbox.db, 'this is no database, whatever its name says. '.repeat(50))
    const refused = sandbox.run(['serve', '--db', sandbox.db, '--ready-file', sandbox.readyFile, ...freePorts])
    expect(await refused.ended).toEqual({ code: 1, signal: null })
    expect(refused.stderr()).toContain('STORE_CORRUPT')
    expect(existsSync(sandbox.readyFile)).toBe(false)
  })

  it('for a wrong option or command says which, and exits 1', async () => {
    await using sandbox = new CliSandbox()
    const runs = [['serve', '--port', '99999'], ['serve', '--db', ''], ['serve', '--nonsense'], ['nonsense']].map(
      (args) => [args, sandbox.run([...args, '--no-open'])] as const,
    )
    for (const [args, refused] of runs) {
      expect([args, await refused.ended]).toEqual([args, { code: 1, signal: null }])
      expect([args, refused.stderr()]).toEqual([
        args,
        expect.stringMatching(/error:|no command and no file "nonsense"/),
      ])
      expect(refused.stdout()).toBe('')
    }
  })
})
