/** How a command ends when it can't go on: one message on standard error, exit code 1. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { printableLines } from './printable.ts'

export function fail(error: unknown): void {
  if (error instanceof SpanlightError) {
    console.error(`spanlight: ${error.code}: ${printableLines(error.message + recoverAdvice(error))}`)
  } else console.error('spanlight:', error)
  process.exit(1)
}

/** How to save what is in a damaged file, where commands are typed. */
function recoverAdvice({ data }: SpanlightError): string {
  return typeof data?.damaged === 'string' ? ` Run: spanlight recover ${JSON.stringify(data.damaged)} -o NEW.db` : ''
}
