/** Logs of a trace as the pane shows them: narrowed to a span where asked, and counted. */

import type { Log } from '#shared/contract/logs.ts'

/** The logs of one span; all where no span is asked for. */
export function logsOfSpan(logs: readonly Log[], spanId: string | undefined): readonly Log[] {
  return spanId === undefined ? logs : logs.filter((log) => log.spanId === spanId)
}

/** `14 logs`, `3 of 14 logs`; with a plus while more are to be loaded. */
export function logCountText(shown: number, all: number, more: boolean): string {
  const total = `${all.toLocaleString('en-US')}${more ? '+' : ''} ${all === 1 && !more ? 'log' : 'logs'}`
  return shown === all ? `${total} of this trace` : `${shown.toLocaleString('en-US')} of ${total}`
}
