/** When what was read is handed to the writer: at once while it has little to do, else together with what comes next. */

import { expect, test, vi } from 'vitest'
import { ImportSession } from './import-session.ts'
import type { StoredBatch } from './imported-batch.ts'

const none = { spans: 0, logs: 0, points: 0 }
const line = (id: number): Buffer =>
  Buffer.from(
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${'a'.repeat(32)}","spanId":"${String(id).padStart(16, '0')}","name":"GET"}]}]}]}\n`,
  )

test('what is read while the writer is busy joins one batch, which needs nothing more to be read', async () => {
  const sizes: number[] = []
  const commits: (() => void)[] = []
  const session = new ImportSession({
    importId: 'test',
    as: 'auto',
    context: { service: undefined, fallbackUnixNano: 1n },
    store: ({ traces }) => {
      sizes.push(traces.reduce((sum, { records }) => sum + records.length, 0))
      const { promise, resolve } = Promise.withResolvers<StoredBatch>()
      commits.push(() => resolve({ stored: { ...none, spans: 1 }, repeated: none, refused: new Map() }))
      return promise
    },
    readDatabase: () => {
      throw new Error('no database is read here')
    },
    openSpool: () => {
      throw new Error('nothing is large here')
    },
    onChange: () => undefined,
  })
  const ended = session.run()
  const read = async (id: number): Promise<void> => {
    await session.queue.push(line(id))
    await vi.waitFor(() => expect(session.tally.counts.read.spans).toBe(id))
  }
  await read(1)
  await vi.waitFor(() => expect(sizes).toEqual([1]))
  await read(2)
  await vi.waitFor(() => expect(sizes).toEqual([1, 1]))
  await read(3)
  await read(4)
  expect(sizes).toEqual([1, 1])

  commits[0]?.()
  await vi.waitFor(() => expect(sizes).toEqual([1, 1, 2]))

  for (const commit of commits) commit()
  session.queue.end()
  await ended
  expect(session.tally.counts.stored.spans).toBe(3)
})
