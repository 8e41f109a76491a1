/** One session open in its threads: a writer and readers, or readers alone where it is only read. */

import { type Commit, ReaderPool, WriterPool } from './threads/pool.ts'
import { runSessionTask } from './threads/session-task-thread.ts'

/** Two cores are the smallest machine: one reader may scan while the other answers clicks. */
const readerCount = 2

export interface OpenStore {
  /** The file a person chose. */
  readonly path: string
  /** What is read: that file, or a copy of it that lives as long as the session is open. */
  readonly file: string
  /** What a person should know about how it was opened, in a sentence or two. */
  readonly notice: string | null
  /** Undefined where it is only read. */
  readonly writer: WriterPool | undefined
  readonly readers: ReaderPool
  /** Commits what was submitted, and leaves one file. */
  close(): Promise<void>
}

export interface StoreEvents {
  committed(commit: Commit): void
  died(error: Error): void
}

/** Throws `SpanlightError` when the database can't be had; nothing is left open then. */
export async function openStore(path: string, durable: boolean, events: StoreEvents): Promise<OpenStore> {
  const options = { databasePath: path, durable }
  const writer = await WriterPool.start(options, events.committed, events.died)
  try {
    const readers = await ReaderPool.start({ databasePath: path }, readerCount)
    return {
      path,
      file: path,
      notice: null,
      writer,
      readers,
      close: async () => {
        await readers.close()
        await writer.close()
      },
    }
  } catch (error) {
    await writer.close()
    throw error
  }
}

/** As it is, or as a copy where the file can't be read in place: of an older Spanlight, or on a read-only disk. */
export async function openStoreReadOnly(path: string): Promise<OpenStore> {
  const { file, notice } = await runSessionTask({ name: 'prepare', path })
  const discard = async (): Promise<void> => {
    if (file !== path) await runSessionTask({ name: 'discard', file })
  }
  try {
    const readers = await ReaderPool.start({ databasePath: file, isAlone: true }, readerCount)
    return {
      path,
      file,
      notice,
      writer: undefined,
      readers,
      close: async () => {
        await readers.close()
        await discard()
      },
    }
  } catch (error) {
    await discard()
    throw error
  }
}
