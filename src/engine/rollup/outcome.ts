/** How a request ended, as far as its span alone can tell. */

import { AttributePicker, type AttributeValue, unpackList } from '#shared/model/jsonb.ts'
import { StatusCode } from '#shared/model/span.ts'

/** As the store numbers it. An implicit error failed although its status doesn't say so. */
export const Outcome = { ok: 0, error: 1, implicit: 2 } as const
export type OutcomeCode = (typeof Outcome)[keyof typeof Outcome]

interface JudgedSpan {
  readonly statusCode: number
  /** JSONB object. */
  readonly attributes: Uint8Array
  /** JSONB list of events, or null. */
  readonly events: Uint8Array | null
}

const telling = new AttributePicker([
  'http.response.status_code',
  'http.status_code',
  'spanlight.response.valid',
  'graphql.errors',
  'graphql.error.count',
])
const exceptionName = 'exception'

/**
 * Status ERROR is an error. Implicit errors: a 5xx response or a recorded exception while the status is unset (HTTP and
 * exception semantic conventions want ERROR there), and a response flagged as wrong whatever the status says.
 */
export function outcomeOf({ statusCode, attributes, events }: JudgedSpan): OutcomeCode {
  if (statusCode === StatusCode.error) return Outcome.error
  const found = telling.pick(attributes)
  if (found && isWrong(found, statusCode)) return Outcome.implicit
  if (statusCode === StatusCode.unset && events !== null && hasException(events)) return Outcome.implicit
  return Outcome.ok
}

function isWrong(found: readonly (AttributeValue | undefined)[], statusCode: number): boolean {
  const [status, olderStatus, valid, graphqlErrors, graphqlErrorCount] = found
  if (valid === false || valid === 'false') return true
  if (holdsErrors(graphqlErrors) || holdsErrors(graphqlErrorCount)) return true
  const httpStatus = Number(status ?? olderStatus ?? 0)
  return statusCode === StatusCode.unset && httpStatus >= 500 && httpStatus < 600
}

/** A count above zero, a list that isn't empty, or a text that is no empty list. */
function holdsErrors(value: AttributeValue | undefined): boolean {
  if (value === undefined || value === null || value === false) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'string') return !['', '0', '[]', 'false', 'null'].includes(value.trim())
  return typeof value === 'bigint' || typeof value === 'number' ? value > 0 : true
}

function hasException(events: Uint8Array): boolean {
  const bytes = Buffer.from(events.buffer, events.byteOffset, events.byteLength)
  return bytes.includes(exceptionName) && unpackList(events).some((event) => event.get('name') === exceptionName)
}
