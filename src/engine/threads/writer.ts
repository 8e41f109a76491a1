/** The writer thread: the only one with a write handle. Payloads that wait together share one transaction. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { ImportedBatch } from '../import/imported-batch.ts'
import { ingest, type Payload } from '../ingest.ts'
import { ingestImported } from '../ingest-imported.ts'
import { writeApdexThreshold } from '../store/apdex-thresholds.ts'
import { openWriter, type WriteDb } from '../store/database.ts'
import { deleteAll } from '../store/delete-all.ts'
import { KnownRecords } from '../store/known-records.ts'
import { lockStore, type StoreLock } from '../store/lock.ts'
import { Retention } from '../store/retention.ts'
import { RollupRebuild } from '../store/rollup-rebuild.ts'
import { RollupRetention } from '../store/rollup-retention.ts'
import { setTitle, writeSetting } from '../store/settings.ts'
import { storeErrorOf } from '../store/store-error.ts'
import { StoreWriter } from '../store/write.ts'
import { isNoteCommand, runNoteCommand } from '../store/write-notes.ts'
import { runSavedViewCommand } from '../store/write-saved-views.ts'
import { toFailure } from './failure.ts'
import type { PackedBatch, StoreAnswer, StoreReply, StoreRequest } from './import-messages.ts'
import type { FromWriter, ToWriter, WriterOptions } from './messages.ts'
import { unpackSpans } from './packed-spans.ts'

/** Enough to spread a commit's cost, little enough to answer within tens of milliseconds. */
const maxBatchBytes = 8 * 1024 * 1024
/** Batches of an import join a transaction for so long: live data that comes meanwhile waits no longer than a person notices. */
const importBudgetMs = 200
const forgetIntervalMs = 60_000
/** How often age limits are looked at, and a store that could not be written is tried again. */
const tendIntervalMs = 1_000
/** Longest a commit may be followed by pruning before the next one. */
const pruneBudgetMs = 60
/** The same when pruning fell behind: senders are then asked to come back, but the limit holds. */
const farOverBudgetMs = 2_000

type Submitted = Extract<ToWriter, { type: 'submit' }>
type Commanded = Extract<ToWriter, { type: 'command' }>

interface Imported {
  readonly port: MessagePort
  readonly batch: PackedBatch
  readonly answer: (reply: StoreReply) => void
}

class WriterThread {
  readonly #options: WriterOptions
  readonly #post: (message: FromWriter) => void
  readonly #lock: StoreLock
  readonly #db: WriteDb
  readonly #store: StoreWriter
  readonly #retention: Retention
  readonly #rollupRetention: RollupRetention
  readonly #rebuild: RollupRebuild
  readonly #waiting: Submitted[] = []
  readonly #commands: Commanded[] = []
  readonly #imports: Imported[] = []
  /** By import, for as long as its thread lives. */
  readonly #known = new Map<MessagePort, Map<string, KnownRecords>>()
  #problem: string | null = null
  #scheduled = false
  #closing = false

  constructor(options: WriterOptions, post: (message: FromWriter) => void) {
    this.#options = options
    this.#post = post
    this.#lock = lockStore(options.databasePath)
    try {
      this.#db = openWriter(options.databasePath, options)
    } catch (error) {
      this.#lock.release()
      throw error
    }
    this.#store = new StoreWriter(this.#db)
    this.#retention = new Retention(this.#db, this.#store.counts, () => this.#store.forgetIds())
    this.#rollupRetention = new RollupRetention(this.#db, this.#store.counts)
    this.#rebuild = new RollupRebuild(this.#db)
    setInterval(() => this.#forgetOldRequests(), forgetIntervalMs).unref()
    setInterval(() => this.#tend(), tendIntervalMs).unref()
  }

  receive(message: ToWriter): void {
    if (message.type === 'submit') this.#waiting.push(message)
    else if (message.type === 'command') this.#commands.push(message)
    else if (message.type === 'connect') this.#connect(message.port)
    else this.#closing = true
    this.#schedule()
  }

  /** Messages that are already in the port's queue arrive before the next turn of the event loop: they join in. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#work()
    })
  }

  #work(): void {
    const batch = this.#takeBatch()
    const added = batch.length > 0 ? this.#commit(batch) : 0
    for (const command of this.#commands.splice(0)) this.#run(command)
    const fromFile = this.#commitImported(batch.length > 0)
    const pruning = this.#closing ? false : this.#prune(added + fromFile)
    if (this.#waiting.length + this.#commands.length + this.#imports.length > 0 || pruning) this.#schedule()
    else if (this.#closing) this.#close()
  }

  #takeBatch(): Submitted[] {
    let bytes = 0
    let count = 0
    for (const { bytes: payload } of this.#waiting) {
      bytes += payload.length
      if (count > 0 && bytes > maxBatchBytes) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  /** How many rows were added. */
  #commit(batch: readonly Submitted[]): number {
    const payloads: Payload[] = batch.map(({ signal, encoding, bytes }) => ({
      signal,
      encoding,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }))
    const { outcomes, added, services, problem } = ingest(this.#store, payloads, this.#options.databasePath)
    // Before the answers: whoever was told that data is stored must find it counted.
    this.#problem = problem?.message ?? null
    this.#post({ type: 'committed', ...added, services, problem: this.#problem })
    for (const [index, outcome] of outcomes.entries()) {
      const id = batch[index]?.id
      if (id !== undefined) this.#post({ type: 'outcome', id, outcome })
    }
    return added.spans + added.logs + added.points
  }

  #connect(port: MessagePort): void {
    this.#known.set(port, new Map())
    port.on('message', (request: StoreRequest) => {
      if (request.type === 'forget') this.#known.get(port)?.delete(request.importId)
      else {
        const { id, batch } = request
        this.#imports.push({ port, batch, answer: (reply) => port.postMessage({ id, ...reply } satisfies StoreAnswer) })
        this.#schedule()
      }
    })
    port.once('close', () => this.#known.delete(port))
  }

  /** Returns how many rows were added. */
  #commitImported(isBusy: boolean): number {
    const first = this.#imports.shift()
    if (!first) return 0
    const taken = [first]
    try {
      const { added, services, answers } = ingestImported(
        this.#store,
        this.#joining(first, taken),
        this.#knownFor(first.port, first.batch.importId),
        performance.now() + (isBusy ? 0 : importBudgetMs),
      )
      this.#problem = null
      this.#post({ type: 'committed', ...added, services, problem: null })
      for (const [index, stored] of answers.entries()) taken[index]?.answer({ stored })
      return added.spans + added.logs + added.points
    } catch (error) {
      const known = storeErrorOf(error, this.#options.databasePath)
      this.#noteProblem(error)
      for (const { answer } of taken) answer({ failure: toFailure(known) })
      return 0
    }
  }

  /** The first, then those behind it that are of its import, as they fail together. Each when it is asked for: few are unpacked at a time. */
  *#joining(first: Imported, taken: Imported[]): Generator<ImportedBatch> {
    yield unpacked(first)
    for (;;) {
      const [next] = this.#imports
      if (next?.batch.importId !== first.batch.importId) return
      this.#imports.shift()
      taken.push(next)
      yield unpacked(next)
    }
  }

  #knownFor(port: MessagePort, importId: string): KnownRecords {
    const imports = this.#known.get(port) ?? new Map<string, KnownRecords>()
    const known = imports.get(importId) ?? new KnownRecords(this.#db)
    this.#known.set(port, imports.set(importId, known))
    return known
  }

  #run({ id, command }: Commanded): void {
    try {
      this.#store.transaction(() => {
        if (command.name === 'setRetention') writeSetting(this.#db, 'retention', command.policy)
        else if (command.name === 'setPorts') writeSetting(this.#db, 'ports', command.ports)
        else if (command.name === 'setRedaction') writeSetting(this.#db, 'redaction', command.redaction)
        else if (command.name === 'setApdexThreshold') writeApdexThreshold(this.#db, command)
        else if (command.name === 'removeAnnotation') this.#removeAnnotation(command.id)
        else if (command.name === 'rebuildRollups') this.#rebuild.begin()
        else if (command.name === 'deleteAll') deleteAll(this.#db)
        else if (command.name === 'setTitle') setTitle(this.#db, command.title)
        else if (isNoteCommand(command)) runNoteCommand(this.#db, command)
        else runSavedViewCommand(this.#db, command)
      })
      if (command.name === 'setRetention') {
        this.#retention.policy = command.policy
        this.#rollupRetention.policy = command.policy
      }
      this.#store.forgetIds()
      this.#post({ type: 'done', id, failure: null })
      this.#postChange()
    } catch (error) {
      this.#post({ type: 'done', id, failure: toFailure(storeErrorOf(error, this.#options.databasePath)) })
    }
  }

  #removeAnnotation(id: number): void {
    if (!this.#store.annotations.remove(id)) throw new SpanlightError('NOT_FOUND', `There is no annotation ${id}.`)
  }

  /** Removes what is due, at least as much as was just added while time allows. Returns whether more is due. */
  #prune(added: number): boolean {
    const budgetMs = this.#retention.isFarOver ? farOverBudgetMs : pruneBudgetMs
    const deadline = performance.now() + budgetMs
    let removed = 0
    try {
      for (;;) {
        const now = this.#tidyRound(fromUnixMillis(Date.now()))
        removed += now
        if (now === 0) {
          if (removed > 0) this.#postChange()
          return this.#retention.shrink()
        }
        if (removed > added || performance.now() > deadline) break
      }
    } catch (error) {
      this.#noteProblem(error)
      return false
    }
    this.#postChange()
    return true
  }

  /** Stored spans are folded before any of them may go. */
  #tidyRound(now: bigint): number {
    if (this.#rebuild.isUnderWay) return this.#rebuild.round()
    return this.#retention.round(now) || this.#rollupRetention.round(now)
  }

  #tend(): void {
    if (this.#problem !== null) this.#tryAgain()
    this.#schedule()
  }

  /** A full disk may have space again, a lock may be gone: nobody has to send something for the app to notice. */
  #tryAgain(): void {
    try {
      // Writes a row, so that the disk is really asked.
      this.#store.transaction(() => this.#store.probe())
      this.#problem = null
      this.#postChange()
    } catch (error) {
      this.#noteProblem(error)
    }
  }

  #noteProblem(error: unknown): void {
    const known = storeErrorOf(error, this.#options.databasePath)
    this.#problem = known instanceof Error ? known.message : String(known)
    this.#postChange()
  }

  #postChange(): void {
    this.#post({ type: 'committed', spans: 0, traces: 0, logs: 0, points: 0, services: [], problem: this.#problem })
  }

  #forgetOldRequests(): void {
    try {
      this.#store.transaction(() => this.#store.forgetOldRequests(fromUnixMillis(Date.now())))
    } catch (error) {
      this.#noteProblem(error)
    }
  }

  #close(): void {
    // Leaves one file: the write-ahead log is copied in and removed.
    this.#db.close()
    this.#lock.release()
    this.#post({ type: 'closed' })
    parentPort?.close()
  }
}

function unpacked({ batch: { spans, ...rest } }: Imported): ImportedBatch {
  return { ...rest, traces: spans === null ? [] : [unpackSpans(spans)] }
}

if (parentPort) {
  const port = parentPort
  const post = (message: FromWriter): void => port.postMessage(message)
  try {
    const thread = new WriterThread(workerData as WriterOptions, post)
    port.on('message', (message: ToWriter) => thread.receive(message))
    post({ type: 'opened' })
  } catch (error) {
    post({ type: 'failed', failure: toFailure(error) })
  }
}
