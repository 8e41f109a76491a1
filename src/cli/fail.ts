/** How a command ends when it can't go on: one message on standard error, exit code 1. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { printableLines } from './printable.ts'

export function fail(error: unknown): void {
  if (error instanceof SpanlightError) console.error(`spanlight: ${error.code}: ${printableLines(error.message)}`)
  else console.error('spanlight:', error)
  process.exit(1)
}
