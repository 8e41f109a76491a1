/** Errors across threads: classes don't survive a message, codes do. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { FailureMessage } from './messages.ts'

export function toFailure(error: unknown): FailureMessage {
  if (error instanceof SpanlightError) return { code: error.code, message: error.message, data: error.data }
  return { code: 'INTERNAL', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

export function fromFailure({ code, message, data }: FailureMessage): SpanlightError {
  return new SpanlightError(code, message, data)
}
