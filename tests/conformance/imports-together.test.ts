/** Batches of an import that wait together share a transaction: they are seen together, and fail together. */

import { expect, it } from 'vitest'
import type { ImportedBatch } from '../../src/engine/import/imported-batch.ts'
import { importInMemory, nothing } from '../support/import-in-memory.ts'
import { tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const spansPerLine = 1_000
const lines = 12
const file = Array.from({ length: lines }, (_, index) =>
  JSON.stringify(
    tracesOf(
      'cart',
      Array.from({ length: spansPerLine }, (_, id) => ({ trace: index + 1, id: id + 1 })),
    ),
  ),
).join('\n')

async function batchesOf(text: string): Promise<ImportedBatch[]> {
  const batches: ImportedBatch[] = []
  await importInMemory(text, (batch) => {
    batches.push(batch)
    return Promise.resolve(nothing)
  })
  return batches
}

function spansSeen(store: ScratchStore): number {
  return Number((store.sql('SELECT count(*) AS spans FROM span')[0] as { spans: number | bigint }).spans)
}

/** What is seen from outside whenever another batch is asked for. */
function* watched(store: ScratchStore, batches: readonly ImportedBatch[], seen: number[]): Generator<ImportedBatch> {
  for (const batch of batches) {
    seen.push(spansSeen(store))
    yield batch
  }
}

it('are seen together, and each is answered for itself', async () => {
  using store = scratchStore()
  const batches = await batchesOf(file)
  expect(batches.length).toBeGreaterThan(2)
  const seen: number[] = []
  const answers = store.importTogether(watched(store, batches, seen), Number.POSITIVE_INFINITY)
  expect(seen).toEqual(batches.map(() => 0))
  expect(answers.map(({ stored }) => stored.spans)).toEqual(
    batches.map(({ traces }) => traces.reduce((sum, { records }) => sum + records.length, 0)),
  )
  expect(spansSeen(store)).toBe(lines * spansPerLine)

  const again = store.importTogether(batches, Number.POSITIVE_INFINITY)
  expect(again.map(({ stored, repeated }) => [stored.spans, repeated.spans])).toEqual(
    answers.map(({ stored }) => [0, stored.spans]),
  )
})

it('end with the first that is stored after the deadline', async () => {
  using store = scratchStore()
  const batches = await batchesOf(file)
  const answers = store.importTogether(batches, performance.now())
  expect(answers).toHaveLength(1)
  expect(spansSeen(store)).toBe(answers[0]?.stored.spans)
})

it('leave nothing when one of them fails', async () => {
  using store = scratchStore()
  const batches = await batchesOf(file)
  function* cut(): Generator<ImportedBatch> {
    yield* batches.slice(0, 2)
    throw new Error('the disk is gone')
  }
  expect(() => store.importTogether(cut(), Number.POSITIVE_INFINITY)).toThrow('the disk is gone')
  expect(spansSeen(store)).toBe(0)
  expect(store.importTogether(batches, Number.POSITIVE_INFINITY)).toHaveLength(batches.length)
  expect(spansSeen(store)).toBe(lines * spansPerLine)
})

it('tell how many notes a session has no room for, and none that it holds already', async () => {
  using store = scratchStore()
  const notesPerBatch = 6_000
  const batch = (first: number): ImportedBatch => ({
    importId: 'test',
    traces: [],
    logs: [],
    metrics: [],
    notes: Array.from({ length: notesPerBatch }, (_, index) => ({
      traceId: null,
      spanId: null,
      at: BigInt(first + index),
      end: null,
      about: '',
      text: 'seen',
      created: 1n,
      changed: 1n,
    })),
    range: null,
    fallbackUnixNano: 1n,
  })
  const refused = (batches: readonly ImportedBatch[]): number[][] =>
    store.importTogether(batches, Number.POSITIVE_INFINITY).map((answer) => [...answer.refused.values()])
  expect(refused([batch(0), batch(0), batch(notesPerBatch)])).toEqual([[], [], [2_000]])
  expect(store.sql('SELECT count(*) AS notes FROM note')).toMatchObject([{ notes: 10_000n }])
})
