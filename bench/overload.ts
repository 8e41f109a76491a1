/** Minutes of far more than can be stored: memory must stay bounded, acknowledged data be there, the app answer. */

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Sqlite from 'better-sqlite3'
import type { Signal } from '../src/shared/model/batch.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { sendAll, storedRows } from './ingest.ts'
import { commandLine, machineFacts, peakResidentMiB, quantile } from './machine.ts'

const signals: readonly Signal[] = ['traces', 'logs', 'metrics']
const askIntervalMs = 500
const mebibyte = 1024 * 1024

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '10' }, 'in-flight': { type: 'string', default: '400' } },
  })
  const seconds = Number(values.minutes) * 60
  const inFlight = Number(values['in-flight'])
  if (!(seconds > 0) || !(inFlight >= 1)) throw new Error('--minutes and --in-flight are numbers above 0')
  console.log(`${commandLine('overload', args)}\n${machineFacts()}`)
  console.log(
    `${values.minutes} min, ${signals.length} senders with ${inFlight} requests of 512 records in flight each.`,
  )

  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  try {
    const server = await startSpanlight({ folder })
    const asking = new AbortController()
    const answers = askWhile(asking.signal, new URL(server.ui).origin, server.token)
    const target = new URL(server.otlpGrpc).host
    const results = await Promise.all(signals.map((signal) => sendAll({ signal, target, seconds, inFlight })))
    asking.abort()
    const answerMs = await answers
    const peakMiB = peakResidentMiB(server.pid)
    await server.stop()
    const databaseBytes = statSync(server.db).size
    for (const [index, signal] of signals.entries()) {
      const { acknowledged, refusedRequests, refusal } = results[index] as (typeof results)[number]
      const stored = storedRows(server.db, signal)
      const pruned = prunedRows(server.db, signal)
      console.log(`
${signal}
  acknowledged  ${acknowledged.toLocaleString('en')}
  stored        ${stored.toLocaleString('en')}
  pruned        ${pruned.toLocaleString('en')}${stored + pruned === acknowledged ? ', together what was acknowledged' : ' – NOT together what was acknowledged'}
  refused       ${refusedRequests.toLocaleString('en')} requests${refusal ? `, last: ${refusal}` : ''}`)
    }
    console.log(`
database        ${Math.round(databaseBytes / mebibyte)} MiB
peak memory     ${peakMiB === undefined ? 'not measured here' : `${Math.round(peakMiB)} MiB resident (server)`}
the app         ${answerMs.length} answers of /api/health and /api/traces, p50 ${quantile(answerMs, 0.5).toFixed(0)} ms, p99 ${quantile(answerMs, 0.99).toFixed(0)} ms`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What retention removed since, as the store itself counted it. */
function prunedRows(file: string, signal: Signal): number {
  const db = new Sqlite(file, { readonly: true })
  try {
    const sum = db.prepare("SELECT ifnull(sum(count), 0) FROM ingest_loss WHERE signal = ? AND reason LIKE 'pruned%'")
    return sum.pluck().get(signal) as number
  } finally {
    db.close()
  }
}

/** Asks as the app would until told to stop; how long each answer took, ascending. */
async function askWhile(signal: AbortSignal, origin: string, token: string): Promise<number[]> {
  const answerMs: number[] = []
  const paths = ['/api/health', '/api/traces?limit=50&order=slowest']
  for (let turn = 0; !signal.aborted; turn++) {
    const askedAt = performance.now()
    const response = await fetch(`${origin}${paths[turn % paths.length]}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`the app answered ${response.status}`)
    answerMs.push(performance.now() - askedAt)
    await delay(askIntervalMs)
  }
  return answerMs.sort((left, right) => left - right)
}
