/** What the log screen keeps in its URL besides the shared time range and service. */

import { z } from 'zod'
import { severityLevels } from '#shared/model/severity.ts'

/** The levels a list can be narrowed to: this one and everything more severe. */
export const minimumLevels = severityLevels.filter((level) => level !== 'unspecified')
export type MinimumLevel = (typeof minimumLevels)[number]

/** A parameter that can't be read is as if absent: a mangled link still opens the list. */
export const logsSearchSchema = z.object({
  q: z.string().max(1000).optional().catch(undefined),
  /** The least severe level on show. */
  severity: z.enum(minimumLevels).optional().catch(undefined),
  /** Live tail is on unless this says otherwise. */
  live: z.enum(['off']).optional().catch(undefined),
  /** Id of the open record. */
  log: z.coerce.number().int().nonnegative().optional().catch(undefined),
})
export type LogsSearch = z.output<typeof logsSearchSchema>
