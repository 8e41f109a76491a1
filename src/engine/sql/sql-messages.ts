/** What the engine and a process that runs statements say to each other. */

import type { SqlEvent } from '#shared/contract/sql.ts'
import type { FailureMessage } from '../threads/messages.ts'

export interface SqlRequest {
  readonly databasePath: string
  readonly query: string
  readonly maxRows: number
  readonly maxBytes: number
  readonly maxCellBytes: number
}

export type ToSql =
  | { readonly type: 'run'; readonly request: SqlRequest }
  /** The last page was taken: go on. */
  | { readonly type: 'more' }

export type FromSql =
  /** The statement begins now; before, the process may have had to start. */
  | { readonly type: 'started' }
  | { readonly type: 'event'; readonly event: SqlEvent }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
