/** What readers keep between two answers: no answer ever differs from one of a reader that keeps nothing. */

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listOperationSignals, type OperationList } from '../../src/engine/queries/operations.ts'
import { readOverview } from '../../src/engine/queries/overview.ts'
import { readExemplars } from '../../src/engine/queries/overview-exemplars.ts'
import { readHeatmap } from '../../src/engine/queries/overview-heatmap.ts'
import { openReader, type ReadDb } from '../../src/engine/store/database.ts'
import { deleteAll } from '../../src/engine/store/delete-all.ts'
import { RollupRebuild } from '../../src/engine/store/rollup-rebuild.ts'
import { defaultRetention } from '../../src/engine/store/settings.ts'
import { operationListInputSchema } from '../../src/shared/contract/operations.ts'
import { overviewInputSchema } from '../../src/shared/contract/overview.ts'
import { epoch, type SpanSketch, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const second = 1_000_000_000n
const epochMs = Number(epoch / 1_000_000n)

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: epochMs }))
afterEach(() => void vi.useRealTimers())

/** Windows that end now, as screens ask for them, and one that never moves. */
const questions = [
  { seconds: 6 * 3600, history: 45 },
  { seconds: 900, history: 45 },
  { seconds: 5_000, history: 3, service: 'cart', view: 'clients' },
  { seconds: 4_000 },
  { history: 30 },
]
type Question = (typeof questions)[number]

function rangeOf({ seconds }: Question): { readonly start?: string; readonly end?: string } {
  const end = BigInt(Date.now()) * 1_000_000n
  return seconds === undefined ? {} : { start: `${end - BigInt(seconds) * second}`, end: `${end}` }
}

function ask(db: ReadDb, question: Question, signal = new AbortController().signal): Promise<OperationList> {
  const { seconds: _, ...asked } = question
  return listOperationSignals({ db, signal }, operationListInputSchema.parse({ ...rangeOf(question), ...asked }))
}

/** Of the same window. */
async function charts(db: ReadDb, question: Question): Promise<unknown[]> {
  const { service, view } = question
  const input = overviewInputSchema.parse({ ...rangeOf(question), service, view, compare: true })
  const context = { db, signal: new AbortController().signal }
  return [await readOverview(context, input), await readHeatmap(context, input), await readExemplars(context, input)]
}

/** Or the reason why there is none. */
const answered = (db: ReadDb, question: Question): Promise<unknown> =>
  Promise.all([ask(db, question), charts(db, question)]).catch((error: Error) => error.message)

async function anew(store: ScratchStore, question: Question): Promise<unknown> {
  const db = openReader(store.file)
  const answer = await answered(db, question)
  db.close()
  return answer
}

const span = fc.record({
  trace: fc.integer({ min: 1, max: 40 }),
  id: fc.integer({ min: 1, max: 4 }),
  parent: fc.constantFrom(undefined, 1, 2),
  service: fc.constantFrom('cart', 'pay'),
  name: fc.constantFrom('GET', 'PUT'),
  kind: fc.constantFrom(1, 2, 3),
  start: fc.oneof(fc.integer({ min: -20_000, max: 100 }), fc.integer({ min: -700, max: 0 })),
  duration: fc.integer({ min: 0, max: 2_000_000_000 }),
  error: fc.boolean(),
  th: fc.constantFrom('', 'ot=th:8'),
})
type Drawn = typeof span extends fc.Arbitrary<infer T> ? T : never

const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('send'), spans: fc.array(span, { minLength: 1, maxLength: 15 }) }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('wait'), seconds: fc.constantFrom(1, 9, 61, 700) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom('nothing', 'repeat', 'begin rebuild', 'rebuild', 'prune', 'delete') }),
  },
)
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

/** From now on, not from when the test began. */
function requestOf(spans: readonly Drawn[]): unknown {
  const now = BigInt(Date.now() - epochMs) / 1_000n
  const sketchOf = ({ start, th, parent, ...rest }: Drawn): SpanSketch => ({
    ...rest,
    ...(parent === undefined ? {} : { parent }),
    start: (now + BigInt(start)) * second,
    more: { traceState: th },
  })
  return { resourceSpans: spans.flatMap((each) => tracesOf(each.service, [sketchOf(each)]).resourceSpans) }
}

function play(store: ScratchStore, event: Event, sent: unknown[]): void {
  const now = BigInt(Date.now()) * 1_000_000n
  if ('spans' in event) {
    sent.push(requestOf(event.spans))
    store.send('traces', sent.at(-1))
  } else if ('seconds' in event) vi.setSystemTime(Date.now() + 1_000 * event.seconds)
  else if (event.what === 'repeat') store.send('traces', ...sent)
  else if (event.what === 'begin rebuild') store.write((db) => new RollupRebuild(db).begin())
  else if (event.what === 'rebuild') store.rebuildRollups()
  else if (event.what === 'prune') {
    store.finishRebuild()
    store.retainRollups({ ...defaultRetention, rollupMaxAgeSeconds: 3_600 }, now)
  } else if (event.what === 'delete') store.write(deleteAll)
}

describe('what a reader keeps', () => {
  it('answers as what is read anew: late and repeated spans, buckets pruned, computed anew, deleted, two readers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 14 }), async (events) => {
        vi.setSystemTime(epochMs)
        using store = scratchStore()
        const other = openReader(store.file)
        const sent: unknown[] = []
        for (const [index, each] of events.entries()) {
          play(store, each, sent)
          for (const question of questions) {
            const expected = await anew(store, question)
            expect(await answered(store.context.db, question)).toEqual(expected)
            // The other one looks less often, and twice at once.
            if (index % 2 === 0) continue
            const twice = await Promise.all([answered(other, question), answered(other, question)])
            expect(twice).toEqual([expected, expected])
          }
        }
        other.close()
      }),
      { numRuns: 12 },
    )
  })

  const hourOf = (name: string, durationMs: number): unknown =>
    tracesOf(
      'cart',
      Array.from(
        { length: 120 },
        (_, index): SpanSketch => ({
          trace: index + 1,
          id: 1,
          kind: 2,
          name,
          start: BigInt(-30 * (index + 1)) * second,
          duration: durationMs * 1_000_000,
        }),
      ),
    )
  const sixHours = { seconds: 6 * 3600, history: 45 }

  it('is what answers come from, until a bucket changes', async () => {
    using store = scratchStore()
    const { db } = store.context
    store.send('traces', hourOf('GET', 10))
    const before = await ask(db, sixHours)
    // Behind the back of whoever keeps revisions.
    store.write((writer) => writer.exec('UPDATE rollup SET count = 2 * count, n = 2 * n'))
    expect((await ask(db, sixHours)).operations[0]?.n).toBeLessThan(2 * (before.operations[0]?.n ?? 0))
    store.write((writer) => writer.exec('UPDATE rollup_bucket SET revision = revision + 1000'))
    expect(await answered(db, sixHours)).toEqual(await anew(store, sixHours))
    expect((await ask(db, sixHours)).operations[0]?.n).toBe(2 * (before.operations[0]?.n ?? 0))
  })

  it('is true when spans arrive between two slices of a query, and when one is cancelled', async () => {
    using store = scratchStore()
    const { db } = store.context
    store.send('traces', hourOf('GET', 10))
    const cancelling = new AbortController()
    const [running, cancelled] = [ask(db, sixHours), ask(db, sixHours, cancelling.signal)]
    await new Promise((resolve) => setImmediate(resolve))
    cancelling.abort()
    store.send('traces', tracesOf('cart', [{ trace: 500, id: 1, kind: 2, name: 'GET', start: -3_000n * second }]))
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
    await running
    for (let times = 0; times < 3; times++) expect(await answered(db, sixHours)).toEqual(await anew(store, sixHours))
    expect((await ask(db, sixHours)).operations[0]?.n).toBe(121)
  })

  it('of everything deleted is not taken for what is sent afterwards in the same buckets', async () => {
    using store = scratchStore()
    const { db } = store.context
    store.send('traces', hourOf('GET', 10))
    await ask(db, sixHours)
    store.write(deleteAll)
    store.send('traces', hourOf('PUT', 700))
    const answer = await ask(db, sixHours)
    expect(await answered(db, sixHours)).toEqual(await anew(store, sixHours))
    expect(answer.operations.map(({ operation }) => operation)).toEqual(['PUT'])
  })
})
