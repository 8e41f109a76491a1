/** `spanlight lab` as a command: what it prints, how it ends, and that nothing stays behind. */

import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { apiClient } from '../support/api-client.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { runningEngine } from '../support/running-engine.ts'

const sandbox = new CliSandbox()
afterAll(() => sandbox[Symbol.asyncDispose]())

async function lab(...args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const process = sandbox.run(['lab', ...args])
  const { code } = await process.ended
  return { code, stdout: process.stdout(), stderr: process.stderr() }
}

const refusing = 'http://127.0.0.1:9'

it('lists scenarios and faults as JSON', async () => {
  const { code, stdout } = await lab('list', '--json')
  expect(code).toBe(0)
  const list = JSON.parse(stdout) as { scenarios: { name: string }[]; faults: { name: string; strength: string }[] }
  expect(list.scenarios.map(({ name }) => name)).toEqual(['checkout-shop', 'async-pipeline', 'chatty-monolith'])
  expect(list.faults[0]).toEqual({ name: 'database-timeout', description: expect.any(String), strength: '30%' })
  for (const each of [...list.scenarios, ...list.faults])
    expect(each).toMatchObject({ description: expect.any(String) })
})

// Each is a process that mostly waits: side by side they take no longer than the longest.
describe.concurrent('lab run', () => {
  it.each(['http', 'grpc'] as const)('delivers over %s, and prints nothing but JSON', async (protocol) => {
    await using engine = await runningEngine()
    const endpoint = engine.endpoints[protocol]
    const { code, stdout, stderr } = await lab(
      ...['run', 'async-pipeline', '--rate', '30', '--duration', '2s', '--seed', '7'],
      ...['--endpoint', endpoint, '--protocol', protocol, '--fault', 'noisy-logs=3x@collector', '--json'],
    )
    expect(code).toBe(0)
    const summary = JSON.parse(stdout) as { requests: number; spans: { sent: number }; refused: number }
    expect(summary).toMatchObject({ scenario: 'async-pipeline', seed: 7, refused: 0, delivered: true, problem: null })
    expect(summary.requests).toBeGreaterThan(20)
    expect(stderr).toMatch(/\d+ requests {2}\d+ errors {2}\d+ spans sent {2}\d+ refused/)
    const { counts } = await engine.context.status.health()
    expect(counts.spans).toBe(summary.spans.sent)
  })

  it('ends with 3 when the endpoint refuses or hangs', async () => {
    const hanging = createServer()
    const url = `http://127.0.0.1:${await listening(hanging)}`
    const endings = [
      { args: ['--endpoint', refusing], problem: 'ECONNREFUSED' },
      { args: ['--endpoint', url], problem: '' },
      { args: ['--endpoint', url, '--protocol', 'grpc'], problem: '' },
    ]
    const ended = endings.map(async ({ args, problem }) => {
      const { code, stdout } = await lab('run', 'chatty-monolith', '--rate', '5', '--duration', '1s', ...args, '--json')
      expect(code).toBe(3)
      const summary = { spans: { sent: 0 }, delivered: false, problem: expect.stringContaining(problem) }
      expect(JSON.parse(stdout)).toMatchObject(summary)
    })
    await Promise.all(ended)
    hanging.close()
  })

  it.each([
    [['checkout-shop', '--rate', '0'], '0.1 to 200'],
    [['checkout-shop', '--rate', '1000000'], '0.1 to 200'],
    [['checkout-shop', '--fault', 'databse-timeout'], 'Did you mean "database-timeout"?'],
    [['checkout-shop', '--fault', 'cache-down+40s-10s'], 'ends before it begins'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await lab('run', ...args, '--endpoint', refusing)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(said)
  })

  it('says where a scenario file is wrong', async () => {
    const example = exampleOfTheDocs()
    const file = join(sandbox.folder, 'wrong.json')
    writeFileSync(file, example.replace('"service": "back"', '"service": "bakc"'))
    const wrong = await lab('run', file, '--endpoint', refusing)
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('services[0].endpoints[0].steps[0].service'),
    })
    writeFileSync(file, example.replace('"journeys"', 'journeys'))
    const broken = await lab('run', file, '--endpoint', refusing)
    expect(broken.stderr).toMatch(/line \d+, column \d+: it is no valid JSON/)
  })

  it('runs the scenario of the documentation', async () => {
    await using engine = await runningEngine()
    const file = join(sandbox.folder, 'mine.json')
    writeFileSync(file, exampleOfTheDocs())
    const { code, stdout } = await lab('run', file, '--duration', '1s', '--endpoint', engine.endpoints.http, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ scenario: 'two-services', errors: 0 })
  })

  it('ends in order when it is asked to, with its ports free', async () => {
    await using engine = await runningEngine()
    const process = sandbox.run(['lab', 'run', 'checkout-shop', '--endpoint', engine.endpoints.http])
    const port = await vi.waitFor(
      () => Number(/storefront +http:\/\/127\.0\.0\.1:(\d+)/.exec(process.stdout())?.[1] ?? fail()),
      {
        timeout: 10_000,
      },
    )
    await vi.waitFor(() => expect(process.stdout()).toMatch(/[1-9]\d* spans sent/), { timeout: 10_000 })
    process.child.kill('SIGTERM')
    expect(await process.ended).toEqual({ code: 0, signal: null })
    expect(process.stdout()).toMatch(/\d+ requests in/)
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  })
})

it('takes the endpoint from the environment', async () => {
  await using engine = await runningEngine()
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', engine.endpoints.http)
  const { code } = await lab('run', 'chatty-monolith', '--duration', '1s')
  vi.unstubAllEnvs()
  expect(code).toBe(0)
})

describe('lab mystery', () => {
  it('judges a guess', async () => {
    const args = ['--seed', '4', '--duration', '1s', '--guess', 'orders-db:database-timeout', '--json']
    await using engine = await runningEngine()
    const { code, stdout } = await lab('mystery', ...args, '--endpoint', engine.endpoints.http)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ seed: 4, number: 1, right: true, answer: { fault: 'database-timeout' } })
    const wrong = await lab('mystery', '--seed', '4', '--guess', 'orders-db:databse-timeout', '--endpoint', refusing)
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('"database-timeout"') })
  })
})

it('dies with an app that is killed', async () => {
  const { process, ready } = await sandbox.serve()
  const { api: client, socket } = apiClient({ origin: new URL(ready.ui).origin, token: ready.token })
  const { run } = await client.loadlab.start({ rate: 50 })
  const url = run?.services[0]?.url ?? ''
  expect((await fetch(url)).status).toBe(200)
  process.child.kill('SIGKILL')
  await process.ended
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 5000 })
  socket.terminate()
})

function exampleOfTheDocs(): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs/load-lab.md'), 'utf8')
  return /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
}

function fail(): never {
  throw new Error('not yet')
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
