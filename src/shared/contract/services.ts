/** The services that sent something, and their operations. */

import { oc } from '@orpc/contract'
import { z } from 'zod'

export const serviceSchema = z.object({
  name: z.string(),
  spanCount: z.number(),
  /** Spans with status ERROR. */
  errorCount: z.number(),
  lastSeenUnixNano: z.string(),
})
export type Service = z.infer<typeof serviceSchema>

export const services = {
  list: oc
    .route({ method: 'GET', path: '/services', summary: 'Every service that sent something', tags: ['Services'] })
    .output(z.object({ services: z.array(serviceSchema) })),
  /** Span names of one service or of all, for completion; most recently first seen first, at most 1000. */
  operations: oc
    .input(z.object({ service: z.string().optional(), contains: z.string().optional() }))
    .output(z.object({ operations: z.array(z.string()) })),
}
