/** The ingest benchmark: a second process sends as fast as it is answered; what is counted is committed. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Sqlite from 'better-sqlite3'
import type { Signal } from '../src/shared/model/batch.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { busiestFunctions } from './cpu-profile.ts'
import { insertBare } from './ingest-baseline.ts'
import { recordsPerBatch } from './ingest-payload.ts'
import type { SendOrder, SendResult } from './ingest-sender.ts'
import { busySeconds, commandLine, cpuSecondsOf, machineFacts, peakResidentMiB, quantile } from './machine.ts'

const signals: readonly Signal[] = ['traces', 'logs', 'metrics']
const nouns: Readonly<Record<Signal, string>> = { traces: 'spans', logs: 'log records', metrics: 'metric points' }
const tables: Readonly<Record<Signal, string>> = { traces: 'span', logs: 'log_record', metrics: 'point' }
const profiledFunctions = 15

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      signal: { type: 'string', default: 'all' },
      seconds: { type: 'string', default: '15' },
      'in-flight': { type: 'string', default: '4' },
      profile: { type: 'boolean', default: false },
    },
  })
  const chosen = values.signal === 'all' ? signals : signals.filter((signal) => signal === values.signal)
  const seconds = Number(values.seconds)
  const inFlight = Number(values['in-flight'])
  if (chosen.length === 0) throw new Error(`--signal is one of ${signals.join(', ')}, all`)
  if (!(seconds > 0) || !(inFlight >= 1)) throw new Error('--seconds and --in-flight are numbers above 0')

  console.log(`${commandLine('ingest', args)}\n${machineFacts()}`)
  console.log(
    `OTLP/gRPC from a second process on the same machine: ${seconds} s, ${recordsPerBatch} records a request, ` +
      `${inFlight} requests in flight, each signal on a new server and database.`,
  )
  for (const signal of chosen) await measure(signal, { seconds, inFlight, profile: values.profile })
}

interface Conditions {
  readonly seconds: number
  readonly inFlight: number
  readonly profile: boolean
}

async function measure(signal: Signal, { seconds, inFlight, profile }: Conditions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  try {
    const nodeArguments = profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
    const server = await startSpanlight({ folder, nodeArguments })
    let sent: SendResult
    let cpuSeconds: number | undefined
    let othersSeconds: number | undefined
    let peakMiB: number | undefined
    try {
      const cpuBefore = cpuSecondsOf(server.pid)
      const busyBefore = busySeconds()
      sent = await sendAll({ signal, target: new URL(server.otlpGrpc).host, seconds, inFlight })
      const cpuAfter = cpuSecondsOf(server.pid)
      cpuSeconds = difference(cpuAfter, cpuBefore)
      othersSeconds = difference(difference(busySeconds(), busyBefore), (cpuSeconds ?? 0) + sent.cpuSeconds)
      peakMiB = peakResidentMiB(server.pid)
    } finally {
      await server.stop()
    }
    const stored = storedRows(server.db, signal)
    const bare = insertBare(signal, Math.max(1, stored), folder)
    print(signal, sent, { cpuSeconds, othersSeconds, peakMiB, stored, databaseBytes: statSync(server.db).size, bare })
    if (profile) {
      console.log('  writer thread, sampled:')
      for (const line of busiestFunctions(folder, '/out/node/writer.js', profiledFunctions)) console.log(`    ${line}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function sendAll(order: SendOrder): Promise<SendResult> {
  const sender = fork(fileURLToPath(new URL('./ingest-sender.ts', import.meta.url)), [JSON.stringify(order)])
  const result = await Promise.race([
    once(sender, 'message').then(([message]) => message as SendResult),
    once(sender, 'exit').then(([code]) => Promise.reject(new Error(`the sender ended with ${code}`))),
  ])
  return result
}

/** Counted in the file after the server stopped: what was acknowledged has to be there. */
export function storedRows(file: string, signal: Signal): number {
  const db = new Sqlite(file, { readonly: true })
  try {
    return db.prepare(`SELECT count(*) FROM ${tables[signal]}`).pluck().get() as number
  } finally {
    db.close()
  }
}

function difference(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? undefined : left - right
}

interface ServerFigures {
  readonly cpuSeconds: number | undefined
  /** Of what has nothing to do with the benchmark. */
  readonly othersSeconds: number | undefined
  readonly peakMiB: number | undefined
  readonly stored: number
  readonly databaseBytes: number
  readonly bare: { readonly rowsPerSecond: number; readonly about: string }
}

function print(signal: Signal, sent: SendResult, server: ServerFigures): void {
  const perSecond = sent.acknowledged / sent.seconds
  const processors = (cpuSeconds: number | undefined): string =>
    cpuSeconds === undefined ? 'not measured here' : `${((cpuSeconds / sent.seconds) * 100).toFixed(0)} % of a core`
  const rows: readonly (readonly [string, string])[] = [
    [
      'acknowledged',
      `${whole(perSecond)} ${nouns[signal]}/s  (${whole(sent.acknowledged)} in ${sent.seconds.toFixed(1)} s)`,
    ],
    [
      'in the database',
      `${whole(server.stored)}${server.stored === sent.acknowledged ? ', as acknowledged' : ' – NOT what was acknowledged'}`,
    ],
    ['refused', sent.refusedRequests === 0 ? 'none' : `${whole(sent.refusedRequests)} requests, last: ${sent.refusal}`],
    [
      'answer',
      `p50 ${quantile(sent.answerMs, 0.5).toFixed(1)} ms, p99 ${quantile(sent.answerMs, 0.99).toFixed(1)} ms, of ${whole(sent.answerMs.length)}`,
    ],
    [
      'CPU',
      `server ${processors(server.cpuSeconds)}, sender ${processors(sent.cpuSeconds)}, others ${processors(server.othersSeconds)}`,
    ],
    ['work', workText(signal, sent, server)],
    [
      'peak memory',
      server.peakMiB === undefined ? 'not measured here' : `${whole(server.peakMiB)} MiB resident (server)`,
    ],
    [
      'size',
      `${whole(sent.bytesPerRecord)} bytes each on the wire, ${whole(server.databaseBytes / server.stored)} in the database`,
    ],
    ['bare SQLite', `${whole(server.bare.rowsPerSecond)} rows/s (${server.bare.about})`],
    ['ratio', (perSecond / server.bare.rowsPerSecond).toFixed(2)],
  ]
  console.log(`\n${nouns[signal]}`)
  for (const [name, value] of rows) console.log(`  ${name.padEnd(16)} ${value}`)
}

/** Depends less on what else the machine does than the rate over time. */
function workText(signal: Signal, sent: SendResult, { cpuSeconds }: ServerFigures): string {
  return cpuSeconds === undefined
    ? 'not measured here'
    : `${whole(sent.acknowledged / cpuSeconds)} ${nouns[signal]} per second of the server's CPU`
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
