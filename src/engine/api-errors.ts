/** Errors on their way out of the contract: whatever was thrown becomes one of the table's codes. */

import { ORPCError, ValidationError } from '@orpc/server'
import { errorStatuses, SpanlightError } from '#shared/contract/errors.ts'

/** An interceptor for every handler that serves the contract. */
export async function withKnownErrors<T>({ next }: { next(): Promise<T> }): Promise<T> {
  try {
    return await next()
  } catch (error) {
    throw toContractError(error)
  }
}

/** The same for what a stream says after its handler has answered. */
export async function* eventsWithKnownErrors<T>(events: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* events
  } catch (error) {
    throw toContractError(error)
  }
}

function toContractError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof SpanlightError) return contractError(error)
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
      return contractError(new SpanlightError('BAD_INPUT', explain(error.cause), { issues: issuesOf(error.cause) }))
    }
    if (Object.hasOwn(errorStatuses, error.code)) return error
    if (error.code === 'BAD_REQUEST') return contractError(new SpanlightError('BAD_INPUT', error.message))
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return contractError(new SpanlightError('CANCELLED', 'The request was cancelled.'))
  }
  return contractError(
    new SpanlightError(
      'INTERNAL',
      `Something in Spanlight failed: ${error instanceof Error ? error.message : String(error)}`,
    ),
  )
}

function contractError(error: SpanlightError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: error.status,
    message: error.message,
    data: error.data ?? null,
    cause: error,
  })
}

function explain(error: ValidationError): string {
  return issuesOf(error)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ')
}

function issuesOf(error: ValidationError): { path: string; message: string }[] {
  return error.issues.map(({ path = [], message }) => ({
    path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message,
  }))
}
