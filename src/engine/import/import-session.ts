/** One import from its first byte to its last commit: unpack, split, decode, hand to the writer; in the import thread. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { LogBatch, MetricBatch, TraceBatch } from '#shared/model/batch.ts'
import type { NoteRecord } from '#shared/model/note-record.ts'
import type { DecodeContext } from '../wire/import-format.ts'
import { UnpackingLimit, UnreadablePart } from './broken-import.ts'
import type { ByteStream, Peeked } from './byte-source.ts'
import { ChunkQueue, type QueuedFile } from './chunk-queue.ts'
import { isDatabase, peekDatabase, type ReadDatabase } from './database-part.ts'
import { decodeProtobufDocuments, type Intake, JsonDocuments, take } from './decode-documents.ts'
import { TextDecoder } from './decode-text.ts'
import { type Document, isRefused, type Piece } from './document.ts'
import { ImportTally } from './import-tally.ts'
import type { ImportedBatch, StoredBatch } from './imported-batch.ts'
import { type Split, split } from './split.ts'
import type { OpenSpool } from './spool.ts'
import { type UnpackedPart, unpack } from './unpack.ts'

/** Enough to spread the cost of a commit, little enough that live data waits no longer than for other live data. */
const batchRecords = 4_000
/** Decoding goes on while so many batches wait for their commit, most of which share it. */
const maxInFlight = 8
/** With so many under way the writer has enough to do: what is read while nothing else waits to be read joins the next batch. */
const busyInFlight = 2

export interface SessionOptions {
  readonly importId: string
  readonly as: 'auto' | 'text'
  readonly context: DecodeContext
  /** Resolves after the commit; throws `SpanlightError` when the store can't be written. */
  readonly store: (batch: ImportedBatch) => Promise<StoredBatch>
  readonly readDatabase: ReadDatabase
  readonly openSpool: OpenSpool
  /** Something that is told has changed. */
  readonly onChange: () => void
}

export class ImportSession {
  readonly queue = new ChunkQueue(() => this.#rest())
  readonly tally = new ImportTally()
  readonly #options: SessionOptions
  #traces: TraceBatch[] = []
  #logs: LogBatch[] = []
  #metrics: MetricBatch[] = []
  #notes: NoteRecord[] = []
  #records = 0
  readonly #inFlight = new Set<Promise<void>>()
  #isResting = false
  #failure: unknown

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Reads to the end of the queue. Throws `SpanlightError` when it can't go on; what was read before is stored. */
  async run(): Promise<void> {
    const limit = new UnpackingLimit(() => this.queue.takenBytes)
    try {
      for await (const file of this.queue.files()) await this.#readFile(file, limit)
    } finally {
      await this.#flush()
      await Promise.all(this.#inFlight)
    }
    this.#throwFailure()
    this.#throwIfNothing()
  }

  async #readFile(file: QueuedFile, limit: UnpackingLimit): Promise<void> {
    const onBroken = (part: string | null, reason: string): void => this.#refuse(part, null, reason, 1)
    try {
      for await (const part of unpack(file, limit, onBroken)) await this.#readPart(part)
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error
      onBroken(file.file, error.message)
    }
  }

  async #readPart({ file, packings, bytes }: UnpackedPart): Promise<void> {
    for (const packing of packings) this.tally.addPacking(packing)
    try {
      const peeked = await peekDatabase(bytes)
      if (this.#options.as === 'auto' && isDatabase(peeked.head)) {
        await this.#readDatabase(peeked, file)
        return
      }
      const found = await split(peeked.all, this.#options.as, this.#options.openSpool)
      if (!found) return
      const decoder = decoderOf(found.kind, this.#options.context)
      for await (const pieces of found.pieces) {
        this.#take(pieces, decoder, file)
        if (this.#records >= batchRecords) await this.#flush()
        this.#throwFailure()
      }
      decoder.end?.(this.#intake(file))
    } catch (error) {
      if (!(error instanceof UnreadablePart) || file === null) throw error
      this.#refuse(file, null, error.message, 1)
    }
  }

  /** Its pieces come only when all of its bytes are there. */
  async #readDatabase({ head, all }: Peeked, file: string | null): Promise<void> {
    const intake = this.#intake(file)
    for await (const { notes = [], ...batches } of this.#options.readDatabase({ head, all: this.#told(all) })) {
      this.queue.throwIfStopped()
      intake.format('Spanlight session')
      take(intake, batches, null)
      this.#notes.push(...notes)
      this.#records += notes.length
      this.#options.onChange()
      if (this.#records >= batchRecords) await this.#flush()
      this.#throwFailure()
    }
  }

  async *#told(bytes: ByteStream): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.#options.onChange()
      yield chunk
    }
  }

  #take(pieces: readonly Piece[], decoder: DocumentDecoder, file: string | null): void {
    this.#isResting = false
    const documents: Document[] = []
    for (const piece of pieces) {
      if (isRefused(piece)) this.#refuse(file, piece.line, piece.reason, 1)
      else documents.push(piece)
    }
    decoder.decode(documents, this.#intake(file))
    this.#options.onChange()
  }

  #intake(file: string | null): Intake {
    return {
      batch: ({ traces, logs, metrics }) => {
        if (traces) this.#records += this.#keep(this.#traces, traces, this.tally.addTraces(traces))
        if (logs)
          this.#records += this.#keep(
            this.#logs,
            logs,
            this.tally.addLogs(logs, this.#options.context.fallbackUnixNano),
          )
        if (metrics) this.#records += this.#keep(this.#metrics, metrics, this.tally.addMetrics(metrics))
      },
      refuse: (line, reason, count) => this.#refuse(file, line, reason, count),
      format: (name) => this.tally.addFormat(name),
    }
  }

  #keep<Batch>(list: Batch[], batch: Batch, records: number): number {
    list.push(batch)
    return records
  }

  #refuse(file: string | null, line: number | null, reason: string, count: number): void {
    this.tally.refuse(file, line, reason, count)
    this.#options.onChange()
  }

  /** Nothing is there to be read: what was read is handed on, at once or as soon as the writer has little left to do. */
  async #rest(): Promise<void> {
    this.#isResting = true
    if (this.#inFlight.size < busyInFlight) await this.#flush()
  }

  async #flush(): Promise<void> {
    while (this.#inFlight.size >= maxInFlight) await Promise.race(this.#inFlight)
    const waiting = this.#traces.length + this.#logs.length + this.#metrics.length + this.#notes.length
    if (waiting === 0 || this.#failure !== undefined) return
    const { importId, context, store, onChange } = this.#options
    const { fallbackUnixNano } = context
    const range = this.tally.takeRange()
    const batch = {
      importId,
      traces: this.#traces,
      logs: this.#logs,
      metrics: this.#metrics,
      notes: this.#notes,
      range,
      fallbackUnixNano,
    }
    this.#traces = []
    this.#logs = []
    this.#metrics = []
    this.#notes = []
    this.#records = 0
    const storing = store(batch)
      .then(
        (stored) => this.tally.addStored(stored),
        (error: unknown) => {
          this.#failure ??= withAdvice(error)
        },
      )
      .finally(() => {
        this.#inFlight.delete(storing)
        onChange()
        if (this.#isResting) void this.#rest()
      })
    this.#inFlight.add(storing)
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  /** A file of which not one record could be read wasn't imported, whatever it was. */
  #throwIfNothing(): void {
    const { read, refusals } = this.tally.counts
    if (read.spans + read.logs + read.points > 0) return
    const [first] = refusals
    const where = first?.line ? `line ${first.line}: ` : ''
    throw new SpanlightError('BAD_INPUT', `Nothing could be read: ${where}${first?.reason ?? 'it holds no records'}.`)
  }
}

function withAdvice(error: unknown): unknown {
  if (!(error instanceof SpanlightError)) return error
  const advice = 'What was imported before stays; import the file again afterwards to add the rest.'
  return new SpanlightError(error.code, `${error.message} ${advice}`)
}

interface DocumentDecoder {
  decode(documents: readonly Document[], intake: Intake): void
  /** After the last one. */
  end?(intake: Intake): void
}

function decoderOf(kind: Split['kind'], context: DecodeContext): DocumentDecoder {
  if (kind === 'text') return new TextDecoder(context)
  if (kind === 'protobuf') return { decode: decodeProtobufDocuments }
  return new JsonDocuments(context)
}
