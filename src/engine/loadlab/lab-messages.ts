/** What the engine and the lab's process say to each other. */

import type { z } from 'zod'
import type { ErrorCode } from '#shared/contract/errors.ts'
import type { labStartSchema, loadlab } from '#shared/contract/loadlab.ts'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import type { LabEndpoint } from './telemetry/endpoint.ts'

export type LabStartMessage = z.output<typeof labStartSchema>

type InputOf<Name extends keyof typeof loadlab> = z.output<
  NonNullable<(typeof loadlab)[Name]['~orpc']['inputSchema']> & z.ZodType
>

type Named<Names extends keyof typeof loadlab> = {
  [Name in Names]: { readonly name: Name; readonly input: InputOf<Name> }
}[Names]

export type LabCommand =
  | { readonly name: 'start'; readonly input: LabStartMessage }
  | Named<'setTraffic' | 'setFault' | 'clearFault' | 'schedule' | 'sendOne' | 'startMystery' | 'guess'>
  | { readonly name: 'stop' | 'reveal' | 'endMystery' }
  /** Twice for a reset: what was stored is deleted in between. */
  | { readonly name: 'restart'; readonly input: { readonly phase: 'stop' | 'start' } }

export type ToLab =
  | { readonly type: 'command'; readonly id: number; readonly command: LabCommand; readonly endpoint: LabEndpoint }
  | { readonly type: 'quit' }

export interface LabFailure {
  readonly code: ErrorCode
  readonly message: string
  readonly data: Readonly<Record<string, unknown>> | undefined
}

export type FromLab =
  | { readonly type: 'status'; readonly status: LabStatus }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown; readonly status: LabStatus }
  | { readonly type: 'failed'; readonly id: number; readonly failure: LabFailure; readonly status: LabStatus }
