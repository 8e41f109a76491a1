/** Logs of a trace as the pane shows them: one line each, narrowed to a span where asked. */

import type { Log } from '#shared/contract/logs.ts'
import { printableLine } from '../../ui/printable.ts'
import { type ExceptionFields, exceptionFields } from './exception-fields.ts'

const lineCharacters = 600

/** The body on one line; an event's name or the exception's message where there is no body. */
export function logLine({ body, eventName, attributes }: Pick<Log, 'body' | 'eventName' | 'attributes'>): string {
  if (typeof body === 'string' && body !== '') return printableLine(body, lineCharacters)
  if (body !== null && body !== undefined && body !== '') return printableLine(JSON.stringify(body), lineCharacters)
  const exception: ExceptionFields | undefined = exceptionFields(attributes)
  return printableLine(eventName || exception?.message || exception?.type || '', lineCharacters)
}

/** The logs of one span; all where no span is asked for. */
export function logsOfSpan(logs: readonly Log[], spanId: string | undefined): readonly Log[] {
  return spanId === undefined ? logs : logs.filter((log) => log.spanId === spanId)
}

/** `14 logs`, `3 of 14 logs`; with a plus while more are to be loaded. */
export function logCountText(shown: number, all: number, more: boolean): string {
  const total = `${all.toLocaleString('en-US')}${more ? '+' : ''} ${all === 1 && !more ? 'log' : 'logs'}`
  return shown === all ? `${total} of this trace` : `${shown.toLocaleString('en-US')} of ${total}`
}
