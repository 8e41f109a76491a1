/** What is stored and about how big it is, by signal and by service. */

import type { Storage } from '#shared/contract/settings.ts'
import type { QueryContext } from './context.ts'

export type StoredShares = Omit<Storage, 'fileBytes'> & {
  /** Pages in use, in bytes. */
  readonly usedBytes: number
}

interface ServiceRow {
  readonly name: string
  readonly span_count: bigint
  readonly log_count: bigint
  readonly point_count: bigint
}

/** Shares are estimates: what rows hold is counted, and the pages in use are divided in that proportion. */
export function readStorage({ db }: QueryContext, _input: undefined): StoredShares {
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }))
  const pageBytes = pragma('page_size')
  const freeBytes = pragma('freelist_count') * pageBytes
  const usedBytes = pragma('page_count') * pageBytes - freeBytes
  const tally = new Map(db.prepare('SELECT name, value FROM tally').raw().all() as [string, bigint][])
  const count = (name: string): number => Number(tally.get(name) ?? 0n)
  const held = { traces: count('span_bytes'), logs: count('log_bytes'), metrics: count('point_bytes') }
  const rollup = new Map(db.prepare('SELECT name, value FROM rollup_state').raw().all() as [string, bigint][])
  const state = (name: string): number => Number(rollup.get(name) ?? 0n)
  const heldBytes = Math.max(1, held.traces + held.logs + held.metrics + state('bytes'))
  const bytes = (signal: keyof typeof held): number => Math.round((usedBytes * held[signal]) / heldBytes)
  const records = { traces: count('spans'), logs: count('logs'), metrics: count('points') }
  const each = (signal: keyof typeof held): number => bytes(signal) / Math.max(1, records[signal])
  const services = db
    .prepare('SELECT name, span_count, log_count, point_count FROM service ORDER BY name')
    .all() as ServiceRow[]
  return {
    usedBytes,
    freeBytes,
    rollups: {
      rows: state('rows_10') + state('rows_60') + state('rows_600'),
      bytes: state('bytes'),
      spansToFold: Math.max(0, state('rebuild_until_span') - state('rebuild_after_span')),
    },
    signals: (['traces', 'logs', 'metrics'] as const).map((signal) => ({
      signal,
      records: records[signal],
      bytes: bytes(signal),
    })),
    services: services.map((row) => {
      const [spans, logs, points] = [row.span_count, row.log_count, row.point_count].map(Number) as [
        number,
        number,
        number,
      ]
      return {
        name: row.name,
        spans,
        logs,
        points,
        bytes: Math.round(spans * each('traces') + logs * each('logs') + points * each('metrics')),
      }
    }),
  }
}
