/** Rows of the ingest details: rates by service, and losses by reason. */

import type { Loss } from '#shared/contract/health.ts'
import type { IngestDetails, Status } from '#shared/contract/status.ts'
import { formatCount, formatRate } from '../../ui/format.ts'

export interface RateRow {
  readonly name: string
  readonly spans: string
  readonly logs: string
  readonly points: string
}

const mostServices = 10

/** One figure per signal as the table writes it; what doesn't come in is a dash, so that what does stands out. */
export function rateTexts(rates: Status['rates']): Omit<RateRow, 'name'> {
  const text = (rate: number) => (rate === 0 ? '–' : formatRate(rate))
  return { spans: text(rates.spans), logs: text(rates.logs), points: text(rates.points) }
}

/** The busiest services by name, so that rows stay where they are while rates change, and how many more there are. */
export function rateRows(services: IngestDetails['services']): { rows: readonly RateRow[]; more: number } {
  const rows = services
    .slice(0, mostServices)
    .map(({ name, ...rates }) => ({ name, ...rateTexts(rates) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return { rows, more: Math.max(0, services.length - mostServices) }
}

export interface LossLine {
  readonly signal: string
  readonly reason: string
  readonly count: string
  /** The last minute in which it happened; undefined when that is beyond what is kept by minute. */
  readonly lastUnixNano: string | undefined
}

/** One line per signal and reason; what happened last stands first. */
export function lossLines(losses: readonly Loss[], minutes: IngestDetails['losses']): readonly LossLine[] {
  const last = new Map<string, string>()
  for (const { signal, reason, minuteUnixNano } of minutes) {
    const key = `${signal} ${reason}`
    if (BigInt(minuteUnixNano) > BigInt(last.get(key) ?? -1)) last.set(key, minuteUnixNano)
  }
  return losses
    .map(({ signal, reason, count }) => ({
      signal,
      reason,
      count: formatCount(count),
      lastUnixNano: last.get(`${signal} ${reason}`),
    }))
    .sort((a, b) => Number(BigInt(b.lastUnixNano ?? 0) - BigInt(a.lastUnixNano ?? 0)))
}
