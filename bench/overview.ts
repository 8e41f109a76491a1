/** The overview's benchmark: all its queries at once over hours of requests while more arrive, and what folding costs ingest. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ingest } from '../src/engine/ingest.ts'
import { openWriter } from '../src/engine/store/database.ts'
import { HiddenErrors, HidingNow } from '../src/engine/store/hidden-errors.ts'
import { StoreWriter } from '../src/engine/store/write.ts'
import { RollupWriter } from '../src/engine/store/write-rollups.ts'
import { startSpanlight } from '../tests/support/spanlight-process.ts'
import { sendAll } from './ingest.ts'
import { commandLine, machineFacts, quantile } from './machine.ts'
import { type Filling, requestBatches, requestOf } from './overview-store.ts'

const hour = 3_600_000_000_000n
/** What the Overview's screen asks when new data came; resources less often, and here as often as the rest. */
const questions = [
  'overview?compare=true',
  'overview/heatmap?',
  'overview/exemplars?',
  'operations?history=45',
  'saturation?',
  'annotations?',
  'services?',
]

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spans: { type: 'string', default: '1000000' },
      operations: { type: 'string', default: '200' },
      rate: { type: 'string', default: '10000' },
      runs: { type: 'string', default: '40' },
    },
  })
  const [spans, operations, rate, runs] = [values.spans, values.operations, values.rate, values.runs].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  if (![spans, operations, runs].every((number) => number >= 1) || !(rate >= 0)) {
    throw new Error('--spans, --operations and --runs are numbers from 1 up, --rate from 0')
  }
  console.log(`${commandLine('overview', args)}\n${machineFacts()}`)
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-bench-'))
  try {
    const now = BigInt(Date.now()) * 1_000_000n
    await measureQueries(
      { spans, operations, startUnixNano: now - 6n * hour, endUnixNano: now },
      { folder, rate, runs },
    )
    measureFolding(operations, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureQueries(
  filling: Filling,
  { folder, rate, runs }: { readonly folder: string; readonly rate: number; readonly runs: number },
): Promise<void> {
  const db = openWriter(join(folder, 'spanlight.db'), { durable: false })
  const store = new StoreWriter(db)
  for (const batch of requestBatches(filling)) store.transaction(() => store.writeTraces([batch], filling.endUnixNano))
  db.close()
  const server = await startSpanlight({ folder })
  try {
    const took: number[] = []
    const each = new Map<string, number[]>(questions.map((question) => [question, []]))
    const ask = async (): Promise<void> => {
      const end = BigInt(Date.now()) * 1_000_000n
      const range = `start=${end - 6n * hour}&end=${end}`
      const started = performance.now()
      await Promise.all(
        questions.map(async (question) => {
          const answer = await fetch(new URL(`/api/${question}&${range}`.replace('?&', '?'), server.ui), {
            headers: { authorization: `Bearer ${server.token}` },
          })
          if (!answer.ok) throw new Error(`${question}: ${answer.status} ${await answer.text()}`)
          await answer.arrayBuffer()
          each.get(question)?.push(performance.now() - started)
        }),
      )
      took.push(performance.now() - started)
    }
    const sending =
      rate === 0
        ? undefined
        : sendAll({ signal: 'traces', target: new URL(server.otlpGrpc).host, seconds: runs + 3, inFlight: 4, rate })
    // The first answers come from a cold file.
    await pause(2_000)
    for (let index = 0; index < runs; index++) {
      const next = pause(1_000)
      await ask()
      await next
    }
    const sent = await sending
    took.sort((left, right) => left - right)
    console.log(
      `\nthe Overview's ${questions.length} queries together, over ${whole(filling.spans)} spans of ${filling.operations} operations in 6 hours`,
    )
    if (sent)
      console.log(
        `  while arrive     ${whole(sent.acknowledged / sent.seconds)} spans/s, ${sent.refusedRequests} requests refused`,
      )
    console.log(
      `  all answered     p50 ${ms(took, 0.5)}, p95 ${ms(took, 0.95)}, slowest ${ms(took, 1)}, of ${took.length}`,
    )
    for (const [question, times] of each) {
      times.sort((left, right) => left - right)
      console.log(`    ${question.padEnd(24)} p50 ${ms(times, 0.5)}, p95 ${ms(times, 0.95)}`)
    }
  } finally {
    await server.stop()
  }
}

const foldRounds = 5
const foldSpans = 120_000

/** The same requests decoded and stored with and without folding, in turns; the thread does nothing else, and its CPU time counts. */
function measureFolding(operations: number, folder: string): void {
  const start = BigInt(Date.now()) * 1_000_000n
  const filling = { spans: foldSpans, operations, startUnixNano: start, endUnixNano: start + 60_000_000_000n }
  const requests = Array.from(requestBatches(filling), requestOf)
  const without: number[] = []
  const withFolding: number[] = []
  for (let round = 0; round < foldRounds; round++) {
    without.push(notFolding(() => ingestSeconds(requests, join(folder, `without-${round}.db`))))
    withFolding.push(ingestSeconds(requests, join(folder, `with-${round}.db`)))
  }
  const [plain, folded] = [Math.min(...without), Math.min(...withFolding)]
  console.log(
    `\ningesting ${whole(foldSpans)} spans of ${operations} operations, ${whole(foldSpans / requests.length)} a commit, best of ${foldRounds}`,
  )
  console.log(`  without folding  ${whole(foldSpans / plain)} spans/s of CPU time`)
  console.log(`  with folding     ${whole(foldSpans / folded)} spans/s of CPU time`)
  console.log(`  folding costs    ${((1 - plain / folded) * 100).toFixed(1)} % of the rate`)
}

function ingestSeconds(requests: readonly Buffer[], file: string): number {
  const db = openWriter(file, { durable: false })
  const store = new StoreWriter(db)
  const before = process.threadCpuUsage()
  for (const bytes of requests) {
    const { problem } = ingest(store, [{ signal: 'traces', encoding: 'protobuf', bytes }], file)
    if (problem) throw problem
  }
  const { user, system } = process.threadCpuUsage(before)
  db.close()
  return (user + system) / 1e6
}

function notFolding<T>(work: () => T): T {
  const { add } = RollupWriter.prototype
  const { settle } = HiddenErrors.prototype
  RollupWriter.prototype.add = () => undefined
  HiddenErrors.prototype.settle = () => new HidingNow()
  try {
    return work()
  } finally {
    RollupWriter.prototype.add = add
    HiddenErrors.prototype.settle = settle
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function ms(sorted: readonly number[], share: number): string {
  return `${quantile(sorted, share).toFixed(0)} ms`
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
