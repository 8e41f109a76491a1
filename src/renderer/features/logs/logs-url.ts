/** What the log screen keeps in its URL, the time range and service it shares with other screens included. */

import { z } from 'zod'
import { severityLevels } from '#shared/model/severity.ts'
import { nanosPerSecond } from '#shared/model/time.ts'
import { serviceFilterSchema } from '../../client/service-filter.ts'
import { timeRangeSchema } from '../../client/time-range-url.ts'

/** The levels a list can be narrowed to: this one and everything more severe. */
export const minimumLevels = severityLevels.filter((level) => level !== 'unspecified')
export type MinimumLevel = (typeof minimumLevels)[number]

/** A parameter that can't be read is as if absent: a mangled link still opens the list. */
export const logsSearchSchema = z.object({
  ...timeRangeSchema.shape,
  ...serviceFilterSchema.shape,
  q: z.string().max(1000).optional().catch(undefined),
  /** The least severe level on show. */
  severity: z.enum(minimumLevels).optional().catch(undefined),
  /** Live tail is on unless this says otherwise. */
  live: z.enum(['off']).optional().catch(undefined),
  /** Id of the open record. */
  log: z.coerce.number().int().nonnegative().optional().catch(undefined),
})
export type LogsSearch = z.output<typeof logsSearchSchema>

/** Nothing but time narrows the list: what all services logged shortly before and after an instant. */
export function aroundInstant(timeUnixNano: string): Partial<LogsSearch> {
  const instant = BigInt(timeUnixNano)
  const reach = 15n * nanosPerSecond
  return {
    range: undefined,
    start: String(instant > reach ? instant - reach : 0n),
    end: String(instant + reach),
    service: undefined,
    q: undefined,
    severity: undefined,
  }
}
