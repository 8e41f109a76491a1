/** Names of services and operations as they are shown: one line, nothing invisible, bounded, never blank. */

import { printableLine } from './printable.ts'

const maxCharacters = 400
const collator = new Intl.Collator('en', { numeric: true })

export function serviceText(name: string): string {
  return printableLine(name, maxCharacters) || '(no service name)'
}

export function operationText(name: string): string {
  return printableLine(name, maxCharacters) || '(no name)'
}

/** Orders names for a list people look through: `node-9` stands before `node-10`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
