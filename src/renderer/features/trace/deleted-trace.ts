/** When and why a trace was deleted, as the engine's error tells it. */

import { z } from 'zod'
import { errorCode } from '../../ui/error-text.ts'
import { formatInstant } from '../../ui/format.ts'

const prunedSchema = z.object({ data: z.object({ prunedUnixNano: z.string().regex(/^\d+$/), reason: z.string() }) })

/** A sentence such as `It was deleted at 12:09:41: over the size limit.`; undefined for any other error. */
export function deletedText(error: unknown, now: Date): string | undefined {
  const pruned = errorCode(error) === 'NOT_FOUND' ? prunedSchema.safeParse(error).data?.data : undefined
  if (!pruned) return undefined
  const when = formatInstant(pruned.prunedUnixNano, now).replace(/\.\d+$/, '')
  return `It was deleted at ${when}: ${pruned.reason.replace(/^pruned: /, '')}.`
}
