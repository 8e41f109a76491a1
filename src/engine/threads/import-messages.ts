/** What the engine, the import thread and the writer say to each other about imports. */

import type { MessagePort } from 'node:worker_threads'
import type { ImportCounts } from '../import/import-tally.ts'
import type { ImportedBatch, StoredBatch } from '../import/imported-batch.ts'
import type { FailureMessage } from './messages.ts'
import type { PackedSpans } from './packed-spans.ts'

export interface ImporterOptions {
  /** Where batches go: the writer listens at its other end. */
  readonly writer: MessagePort
  /** What goes to disk while it is read lies beside it. */
  readonly databasePath: string
}

export interface ImportStart {
  readonly id: string
  readonly as: 'auto' | 'text'
  readonly service: string | undefined
  readonly fallbackUnixNano: bigint
}

export type ToImporter =
  | { readonly type: 'begin'; readonly start: ImportStart }
  /** Answered by `taken` when there is room for more. */
  | { readonly type: 'chunk'; readonly id: string; readonly file: string | undefined; readonly bytes: Uint8Array }
  /** Nothing more comes; `failure` is why there isn't more, told when what came was read. */
  | { readonly type: 'end'; readonly id: string; readonly failure: FailureMessage | null }
  | { readonly type: 'stop'; readonly id: string; readonly failure: FailureMessage }

export type FromImporter =
  | { readonly type: 'taken'; readonly id: string }
  /** At most a few times a second, and before `ended`. */
  | { readonly type: 'progress'; readonly id: string; readonly readBytes: number; readonly counts: ImportCounts }
  | { readonly type: 'ended'; readonly id: string; readonly failure: FailureMessage | null }

export interface PackedBatch extends Omit<ImportedBatch, 'traces'> {
  readonly spans: PackedSpans | null
}

/** From the import thread to the writer, over their own port. */
export type StoreRequest =
  | { readonly type: 'store'; readonly id: number; readonly batch: PackedBatch }
  /** It has ended: nothing has to be known about it any more. */
  | { readonly type: 'forget'; readonly importId: string }

export type StoreReply = { readonly stored: StoredBatch } | { readonly failure: FailureMessage }
export type StoreAnswer = { readonly id: number } & StoreReply
