/** The traces opened last in this browser, newest first. */

import { isTraceIdHex } from '#shared/model/ids.ts'

const storageKey = 'spanlight.recent-traces'
const maxRecent = 6

/** The list with `traceId` at its head, at most six long. */
export function withRecent(recent: readonly string[], traceId: string): readonly string[] {
  return [traceId, ...recent.filter((other) => other !== traceId)].slice(0, maxRecent)
}

/** Reads what an earlier visit left; anything unreadable counts as nothing. */
export function parseRecent(text: string | null): readonly string[] {
  return (text ?? '').split(',').filter(isTraceIdHex).slice(0, maxRecent)
}

export function recentTraces(): readonly string[] {
  return parseRecent(localStorage.getItem(storageKey))
}

export function rememberTrace(traceId: string): void {
  localStorage.setItem(storageKey, withRecent(recentTraces(), traceId).join(','))
}
