/** How a lab command ends when it can't do what was asked: exit code 2 for what was asked, 1 for what went wrong. */

import { SpanlightError } from '#shared/contract/errors.ts'

export const labExit = { failed: 1, badInput: 2, nothingDelivered: 3 } as const

export function failLab(error: unknown): void {
  if (error instanceof SpanlightError) {
    console.error(`spanlight: ${error.message}`)
    process.exit(error.status === 400 || error.status === 404 ? labExit.badInput : labExit.failed)
  }
  console.error('spanlight:', error)
  process.exit(labExit.failed)
}
