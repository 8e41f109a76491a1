/** What the engine's threads say to each other. */

import type { MessagePort } from 'node:worker_threads'
import type { ErrorCode } from '#shared/contract/errors.ts'
import type { ExportProgress, ExportRequest, Redaction } from '#shared/contract/exports.ts'
import type { Signal } from '#shared/model/batch.ts'
import type { Outcome, PayloadFormat } from '#shared/model/outcome.ts'
import type { ApdexThreshold } from '../store/apdex-thresholds.ts'
import type { ReceiverPorts, RedactionSetting, RetentionPolicy } from '../store/settings.ts'
import type { ServiceCounts } from '../store/write.ts'
import type { NoteCommand } from '../store/write-notes.ts'
import type { SavedViewCommand } from '../store/write-saved-views.ts'

export interface WriterOptions {
  readonly databasePath: string
  readonly durable: boolean
}

export type ToWriter =
  | {
      readonly type: 'submit'
      readonly id: number
      readonly signal: Signal
      readonly encoding: PayloadFormat
      readonly bytes: Uint8Array
    }
  | { readonly type: 'command'; readonly id: number; readonly command: Command }
  /** Take what an import thread sends over this port. */
  | { readonly type: 'connect'; readonly port: MessagePort }
  /** Commit what was submitted, close the database, stop. */
  | { readonly type: 'close' }

/** What a person may ask of the writer. */
export type Command =
  | { readonly name: 'setRetention'; readonly policy: RetentionPolicy }
  | { readonly name: 'setPorts'; readonly ports: ReceiverPorts }
  | { readonly name: 'setRedaction'; readonly redaction: RedactionSetting }
  | { readonly name: 'deleteAll' }
  | { readonly name: 'rebuildRollups' }
  | { readonly name: 'removeAnnotation'; readonly id: number }
  | ({ readonly name: 'setApdexThreshold' } & ApdexThreshold)
  /** An empty one goes back to the file's name. */
  | { readonly name: 'setTitle'; readonly title: string }
  | NoteCommand
  | SavedViewCommand

export interface FailureMessage {
  readonly code: ErrorCode
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>> | undefined
}

export type FromWriter =
  | { readonly type: 'opened' }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
  | { readonly type: 'done'; readonly id: number; readonly failure: FailureMessage | null }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome }
  /** After each commit: what it added, and whether the store can be written. */
  | {
      readonly type: 'committed'
      readonly spans: number
      readonly traces: number
      readonly logs: number
      readonly points: number
      readonly services: readonly ServiceCounts[]
      readonly problem: string | null
    }
  | { readonly type: 'closed' }

export interface ReaderOptions {
  readonly databasePath: string
  /** No writer has it open here. */
  readonly isAlone?: boolean
}

export type ToReader =
  | { readonly type: 'query'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close' }

export type FromReader =
  | { readonly type: 'opened' }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
  | { readonly type: 'result'; readonly id: number; readonly output: unknown }
  | { readonly type: 'error'; readonly id: number; readonly failure: FailureMessage }

export interface ExporterOptions {
  readonly databasePath: string
  readonly request: ExportRequest
  readonly redaction: Redaction
}

export type ToExporter =
  /** One chunk more. */
  { readonly type: 'next' } | { readonly type: 'close' }

export type FromExporter =
  /** Without bytes once everything was told. */
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> | null; readonly progress: ExportProgress }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
