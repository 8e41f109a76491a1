/** What to tell about a command that failed: the lab's own words say what to do, other failures get the usual advice. */

import { errorCode, errorText } from '../../ui/error-text.ts'

const ownWords = new Set(['BUSY', 'BAD_INPUT', 'NOT_FOUND', 'PORT_TAKEN', 'CANCELLED'])

export function labErrorText(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (ownWords.has(errorCode(error) ?? '') && message !== '') return message
  const { title, advice } = errorText(error)
  return [message === '' ? `${title}.` : message, advice].filter((part) => part !== '').join(' ')
}
