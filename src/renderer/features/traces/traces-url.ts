/** The Traces screen's filters and order in the URL. */

import { z } from 'zod'
import { type TraceListInput, traceOrders } from '#shared/contract/traces.ts'
import { parseDuration } from '../../ui/parse-duration.ts'

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

export const tracesUrlSchema = z.object({
  operation: z.string().optional().catch(undefined),
  attr: oneOrMany.optional().catch(undefined),
  /** As typed: `500ms`. */
  min: z.string().optional().catch(undefined),
  max: z.string().optional().catch(undefined),
  errors: z
    .preprocess((value) => value === 'true' || value === true, z.boolean())
    .optional()
    .catch(undefined),
  order: z.enum(traceOrders).optional().catch(undefined),
})
export type TracesUrl = z.output<typeof tracesUrlSchema>

/** `key=value` with a key; anything may be the value, an equals sign too. */
export function isAttributeFilter(text: string): boolean {
  return /^[^=\s][^=]*=/s.test(text.trim())
}

type Filter = Pick<TraceListInput, 'operation' | 'attr' | 'minDurationNs' | 'maxDurationNs' | 'errors' | 'service'>

/** What to ask the engine for; what can't be understood is left out, and the field says so. */
export function toFilter(url: TracesUrl, service: string | undefined): Filter {
  const attr = (url.attr ?? []).filter(isAttributeFilter)
  const minDurationNs = parseDuration(url.min ?? '')
  const maxDurationNs = parseDuration(url.max ?? '')
  return {
    ...(service === undefined ? {} : { service }),
    ...(url.operation === undefined ? {} : { operation: url.operation }),
    ...(attr.length === 0 ? {} : { attr }),
    ...(minDurationNs === undefined ? {} : { minDurationNs }),
    ...(maxDurationNs === undefined ? {} : { maxDurationNs }),
    ...(url.errors === true ? { errors: true } : {}),
  }
}

/** The patch that takes every filter away and leaves the order. */
export const noFilters: { readonly [K in keyof TracesUrl]: undefined } = {
  operation: undefined,
  attr: undefined,
  min: undefined,
  max: undefined,
  errors: undefined,
}
