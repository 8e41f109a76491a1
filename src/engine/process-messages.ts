/** What the engine's process and the shell that started it say to each other. */

import type { ErrorCode } from '#shared/contract/errors.ts'

/** What the shell was asked for; everything left out is the engine's own default. */
export interface EngineStart {
  readonly version: string
  readonly databasePath?: string
  readonly readOnly?: boolean
  /** A damaged database: what can be read of it is saved into `databasePath` first. */
  readonly salvageFrom?: string
  readonly durable?: boolean
  readonly otlpHost?: string
  readonly otlpGrpcPort?: number
  readonly otlpHttpPort?: number
  /** The next free ports will do where those asked for are taken. */
  readonly anyPorts?: boolean
}

export type ToEngine =
  | { readonly type: 'start'; readonly start: EngineStart }
  /** Comes with one port: serve the contract over it. */
  | { readonly type: 'serve' }
  /** Say what comes in, or stop saying so. */
  | { readonly type: 'follow'; readonly on: boolean }
  /** Stop accepting, commit, close the database, exit. */
  | { readonly type: 'stop' }
  /** Comes with one port: the process that was asked for is at its other end. */
  | { readonly type: 'sqlStarted'; readonly id: number }
  | { readonly type: 'sqlExited'; readonly id: number; readonly code: number }

export interface EngineFailure {
  readonly code: ErrorCode
  readonly message: string
}

export interface Intake {
  readonly isReceiving: boolean
  /** Spans, logs and points per second. */
  readonly perSecond: number
}

export type FromEngine =
  | {
      readonly type: 'ready'
      readonly grpc: string
      readonly http: string
      readonly databasePath: string
      readonly notices: readonly string[]
    }
  /** Which session is open, after the start and each time it is another. */
  | { readonly type: 'session'; readonly path: string; readonly isReadOnly: boolean }
  /** Could not start, and exits. */
  | { readonly type: 'failed'; readonly failure: EngineFailure; readonly databasePath: string }
  /** Broke while running, and exits. */
  | { readonly type: 'died'; readonly message: string }
  | { readonly type: 'intake'; readonly intake: Intake }
  /** A process that runs SQL statements is needed, or must go at once: only the shell can start and kill one. */
  | { readonly type: 'startSql'; readonly id: number; readonly nodeOptions: readonly string[] }
  | { readonly type: 'killSql'; readonly id: number }

/** A port as the shell hands it over to a process that it started. */
export interface ShellPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
}
