/** The Traces screen's filters and order in the URL. */

import { z } from 'zod'
import { filterSubjects, outcomeFilters, type TraceListInput, traceOrders } from '#shared/contract/traces.ts'
import { parseDuration } from '../../ui/parse-duration.ts'

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

export const tracesUrlSchema = z.object({
  /** What service, time range, operation, durations and outcome speak of; the whole trace unless told. */
  of: z.enum(filterSubjects).optional().catch(undefined),
  outcome: z.enum(outcomeFilters).optional().catch(undefined),
  operation: z.string().optional().catch(undefined),
  attr: oneOrMany.optional().catch(undefined),
  /** As typed: `500ms`; a link that must be exact writes nanoseconds: `1234567ns`. Both ends are included. */
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

type Filter = Partial<
  Pick<
    TraceListInput,
    'of' | 'outcome' | 'operation' | 'attr' | 'minDurationNs' | 'maxDurationNs' | 'errors' | 'service'
  >
>

/** What to ask the engine for; what can't be understood is left out, and the field says so. */
export function toFilter(url: TracesUrl, service: string | undefined): Filter {
  const attr = (url.attr ?? []).filter(isAttributeFilter)
  const minDurationNs = parseDuration(url.min ?? '')
  const maxDurationNs = parseDuration(url.max ?? '')
  return {
    ...(url.of === undefined || url.of === 'trace' ? {} : { of: url.of }),
    ...(url.outcome === undefined ? {} : { outcome: url.outcome }),
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
  of: undefined,
  outcome: undefined,
  operation: undefined,
  attr: undefined,
  min: undefined,
  max: undefined,
  errors: undefined,
}
