/** Reads a file as the import thread does, in this thread: what would be stored, what was refused, and why it ended. */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportSession, type SessionOptions } from '../../src/engine/import/import-session.ts'
import type { ImportCounts } from '../../src/engine/import/import-tally.ts'
import { FileSpool } from '../../src/engine/import-spool.ts'
import { toHex } from '../../src/shared/model/ids.ts'

const chunkBytes = 64 * 1024
const none = { spans: 0, logs: 0, points: 0 }
/** What `store` may answer. */
export const nothing = { stored: none, repeated: none, refused: new Map<string, number>() }

export interface ReadFile {
  readonly counts: ImportCounts
  /** Of every span and log record that came out, in hex; '' for a record without. */
  readonly spanIds: readonly string[]
  /** What `run` threw. */
  readonly failure: unknown
}

/** `store` stands for the writer; without it nothing is kept. */
export async function importInMemory(
  file: string | Buffer,
  store: SessionOptions['store'] = () => Promise.resolve(nothing),
): Promise<ReadFile> {
  const spanIds: string[] = []
  const session = new ImportSession({
    importId: 'test',
    as: 'auto',
    context: { service: undefined, fallbackUnixNano: 1n },
    store: (batch) => {
      for (const { records } of batch.traces) for (const { spanId } of records) spanIds.push(toHex(spanId))
      for (const { records } of batch.logs) for (const { spanId } of records) spanIds.push(spanId ? toHex(spanId) : '')
      return store(batch)
    },
    openSpool: () => new FileSpool(join(tmpdir(), 'spanlight-test')),
    readDatabase: () => {
      throw new Error('no database is read in memory')
    },
    onChange: () => undefined,
  })
  const bytes = Buffer.from(file)
  const failure = session.run().then(
    () => undefined,
    (error: unknown) => error,
  )
  for (let at = 0; at < bytes.length; at += chunkBytes) await session.queue.push(bytes.subarray(at, at + chunkBytes))
  session.queue.end()
  return { failure: await failure, counts: session.tally.counts, spanIds }
}
