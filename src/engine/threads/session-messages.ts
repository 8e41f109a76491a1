/** What is asked of a session task's thread, and what it answers. */

import type { SalvageReport } from '../salvage.ts'
import type { CopyProgress } from '../store/copy-store.ts'
import type { ReadableFile } from '../store/readable-file.ts'
import type { SessionFacts } from '../store/session-facts.ts'
import type { FailureMessage } from './messages.ts'

export type SessionTask =
  /** What each of these files holds. */
  | { readonly name: 'inspect'; readonly files: readonly string[] }
  /** A file that can be read in place of this one, or this one itself. */
  | { readonly name: 'prepare'; readonly path: string }
  /** Removes a file that `prepare` made. */
  | { readonly name: 'discard'; readonly file: string }
  /** Saves what can be read of a damaged file into a new one. */
  | { readonly name: 'salvage'; readonly from: string; readonly to: string }
  | { readonly name: 'copy'; readonly from: string; readonly to: string; readonly replace: boolean }

export interface SessionTaskResults {
  readonly inspect: readonly SessionFacts[]
  readonly prepare: ReadableFile
  readonly discard: null
  readonly salvage: SalvageReport
  readonly copy: { readonly bytes: number }
}

export type SessionProgress = CopyProgress

export interface SessionTaskStart {
  readonly task: SessionTask
  /** One that stops it at its next slice, as soon as it is set: a message would be read too late. */
  readonly cancelled: Int32Array<SharedArrayBuffer>
}

export type FromSessionTask =
  | { readonly type: 'progress'; readonly progress: SessionProgress }
  | { readonly type: 'result'; readonly result: SessionTaskResults[SessionTask['name']] }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
