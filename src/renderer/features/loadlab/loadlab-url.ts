/** What the Load lab keeps in its URL: what to start, the open fault card, how the topology is shown, an exercise sheet. */

import { z } from 'zod'
import { labProfiles, labRateLimits, labSeedLimits } from '#shared/contract/loadlab-catalog.ts'

const seed = z.coerce.number().int().min(labSeedLimits.min).max(labSeedLimits.max)

export const loadlabUrlSchema = z.object({
  /** What the start form offers. */
  scenario: z.string().optional().catch(undefined),
  rate: z.coerce.number().min(labRateLimits.min).max(labRateLimits.max).optional().catch(undefined),
  profile: z.enum(labProfiles).optional().catch(undefined),
  seed: seed.optional().catch(undefined),
  /** Name of the fault whose card is open. */
  fault: z.string().optional().catch(undefined),
  /** `table`: the topology in figures. */
  show: z.enum(['table']).optional().catch(undefined),
  /** Seed of the exercise sheet on show. */
  sheet: seed.optional().catch(undefined),
  answers: z
    .preprocess((value) => value === 'true' || value === true, z.boolean())
    .optional()
    .catch(undefined),
})
export type LoadlabUrl = z.output<typeof loadlabUrlSchema>

/** The parameters of this screen as absent ones, for links that lead away from it. */
export const noLabParams: { readonly [K in keyof LoadlabUrl]: undefined } = {
  scenario: undefined,
  rate: undefined,
  profile: undefined,
  seed: undefined,
  fault: undefined,
  show: undefined,
  sheet: undefined,
  answers: undefined,
}
