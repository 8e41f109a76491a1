/** Errors that a running Spanlight answers, as those of this process. */

import { ORPCError } from '@orpc/client'
import { type ErrorCode, errorStatuses, SpanlightError } from '#shared/contract/errors.ts'

/** Always throws. */
export function asSpanlightError(error: unknown): never {
  if (error instanceof ORPCError && isCode(error.code)) throw new SpanlightError(error.code, error.message)
  throw error
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatuses, code)
}
