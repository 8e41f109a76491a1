/** What a log record says, on one line. */

import { exceptionFields } from './exception-fields.ts'
import { printableLine } from './printable.ts'

export interface LogLine {
  readonly text: string
  /** False where the event name or the exception stands in for a missing body. */
  readonly isBody: boolean
}

export interface LogLineSource {
  readonly body: unknown
  readonly eventName: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** More than fits on any screen; the rest is in the details. */
const maxCharacters = 1_000

/** The body, or the event's name or the exception where there is none; empty when there is none of them. */
export function logLine({ body, eventName, attributes }: LogLineSource): LogLine {
  const text = typeof body === 'string' ? body : body === null || body === undefined ? '' : JSON.stringify(body)
  const line = printableLine(text, maxCharacters)
  if (line !== '') return { text: line, isBody: true }
  const exception = exceptionFields(attributes)
  const instead = eventName || exception?.message || exception?.type || ''
  return { text: printableLine(instead, maxCharacters), isBody: false }
}
