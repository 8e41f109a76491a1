/** Minutes of far more than can be stored: memory must stay bounded, acknowledged data be there, the app answer. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Signal } from '../src/shared/model/batch.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { sendAll, storedRows } from './ingest.ts'
import { commandLine, machineFacts, peakResidentMiB, quantile } from './machine.ts'

const signals: readonly Signal[] = ['traces', 'logs', 'metrics']
const askIntervalMs = 500

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
    for (const [index, signal] of signals.entries()) {
      const { acknowledged, refusedRequests, refusal } = results[index] as (typeof results)[number]
      const stored = storedRows(server.db, signal)
      console.log(`
${signal}
  acknowledged  ${acknowledged.toLocaleString('en')}
  stored        ${stored.toLocaleString('en')}
  refused       ${refusedRequests.toLocaleString('en')} requests${refusal ? `, last: ${refusal}` : ''}`)
    }
    console.log(`
peak memory     ${peakMiB === undefined ? 'not measured here' : `${Math.round(peakMiB)} MiB resident (server)`}
the app         ${answerMs.length} answers of /api/health and /api/traces, p50 ${quantile(answerMs, 0.5).toFixed(0)} ms, p99 ${quantile(answerMs, 0.99).toFixed(0)} ms`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
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
