/** The session that is open now, under one name for everything that reads and writes: it may be another one any moment. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { type OpenStore, openStore, openStoreReadOnly, type StoreEvents } from './open-store.ts'
import type { ReaderPool, WriterPool } from './threads/pool.ts'

export type Readers = Pick<ReaderPool, 'query'>
export type Writer = Pick<WriterPool, 'submit' | 'command' | 'connect'>

const readOnly = (): SpanlightError =>
  new SpanlightError('STORE_READONLY', 'This session is open read-only: nothing can be changed in it.')

export class CurrentStore implements Readers, Writer {
  readonly #durable: boolean
  readonly #events: StoreEvents
  #current: OpenStore | undefined
  /** How often another session was opened: whoever remembers something of a session sees that it is another. */
  #serial = 1
  /** While there is none. */
  #absent: Promise<unknown> | undefined

  /** `events` are those of the session that is open. */
  constructor(durable: boolean, events: StoreEvents) {
    this.#durable = durable
    this.#events = events
  }

  /** Opens the first one. Throws `SpanlightError`. */
  async start(path: string, isReadOnly: boolean): Promise<void> {
    this.#current = await (isReadOnly ? openStoreReadOnly(path) : this.open(path))
  }

  /** Opens another beside the one that is open. Throws `SpanlightError`; nothing has changed then. */
  async open(path: string): Promise<OpenStore> {
    let opened: OpenStore | undefined
    const isCurrent = (): boolean => opened !== undefined && opened === this.#current
    opened = await openStore(path, this.#durable, {
      committed: (commit) => {
        if (isCurrent()) this.#events.committed(commit)
      },
      died: (error) => {
        if (isCurrent()) this.#events.died(error)
      },
    })
    return opened
  }

  get #open(): OpenStore {
    if (this.#current === undefined) throw new SpanlightError('INTERNAL', 'No session is open.')
    return this.#current
  }

  get path(): string {
    return this.#open.path
  }

  get file(): string {
    return this.#open.file
  }

  get notice(): string | null {
    return this.#open.notice
  }

  get isReadOnly(): boolean {
    return this.#open.writer === undefined
  }

  get serial(): number {
    return this.#serial
  }

  query: ReaderPool['query'] = (name, input, signal) =>
    this.#absent === undefined
      ? this.#open.readers.query(name, input, signal)
      : this.#absent.then(() => this.#open.readers.query(name, input, signal))

  submit: WriterPool['submit'] = (bytes, signal, encoding) => {
    const { writer } = this.#open
    if (writer !== undefined && this.#absent === undefined) return writer.submit(bytes, signal, encoding)
    const message = writer === undefined ? 'the session is open read-only' : 'the session is being renamed'
    return Promise.resolve({ kind: 'unavailable', message, retryAfterSeconds: 1 })
  }

  command: WriterPool['command'] = async (command) => {
    await this.#absent
    if (this.#open.writer === undefined) throw readOnly()
    return this.#open.writer.command(command)
  }

  connect: WriterPool['connect'] = (port) => {
    if (this.#open.writer === undefined) throw readOnly()
    this.#open.writer.connect(port)
  }

  /** From now on `next` is the session. What went to the one before is committed before this resolves. */
  async replace(next: OpenStore): Promise<void> {
    const before = this.#open
    this.#current = next
    this.#serial++
    await before.close()
  }

  /** Closes the session, runs `between`, and opens what it gives: senders are told to try again meanwhile. */
  async reopen(between: () => Promise<OpenStore>): Promise<void> {
    const done = Promise.withResolvers<void>()
    this.#absent = done.promise
    try {
      await this.#open.close()
      this.#current = await between()
      this.#serial++
    } catch (error) {
      this.#events.died(error instanceof Error ? error : new Error(String(error)))
      throw error
    } finally {
      this.#absent = undefined
      done.resolve()
    }
  }

  async close(): Promise<void> {
    await this.#absent
    await this.#current?.close()
  }
}
