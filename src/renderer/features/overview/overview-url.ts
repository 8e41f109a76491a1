/** What the Overview keeps in its URL: which spans count, one operation, how latency is shown, picked resources, the table's order. */

import { z } from 'zod'
import { spanViews } from '#shared/contract/overview.ts'

export const latencyOutcomes = ['all', 'ok', 'failed'] as const
export type LatencyOutcome = (typeof latencyOutcomes)[number]

export const operationSorts = [
  'service',
  'operation',
  'kind',
  'rate',
  'errors',
  'p50',
  'p95',
  'p99',
  'apdex',
  'share',
] as const
export type OperationSort = (typeof operationSorts)[number]

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

export const overviewUrlSchema = z.object({
  view: z.enum(spanViews).optional().catch(undefined),
  operation: z.string().optional().catch(undefined),
  /** Span kind of that operation. */
  kind: z.string().optional().catch(undefined),
  /** Service of that operation, so that the table goes on to list those of other services. */
  operationService: z.string().optional().catch(undefined),
  /** Whose latency is drawn; of all requests unless told. */
  latency: z.enum(latencyOutcomes).optional().catch(undefined),
  /** Of the latency axis; logarithmic unless told. */
  scale: z.enum(['linear']).optional().catch(undefined),
  /** Resources drawn in the saturation chart, by their key; the fullest unless told. */
  resource: oneOrMany.optional().catch(undefined),
  sort: z.enum(operationSorts).optional().catch(undefined),
  /** `up`: the table's smallest first. */
  order: z.enum(['up', 'down']).optional().catch(undefined),
})
export type OverviewUrl = z.output<typeof overviewUrlSchema>

export interface OverviewFilter {
  readonly view: (typeof spanViews)[number]
  readonly service?: string
  readonly operation?: string
  readonly kind?: string
}

/** What the charts are about. An operation of another service than the chosen one is as if absent. */
export function toFilter(url: OverviewUrl, service: string | undefined): OverviewFilter {
  const view = url.view ?? 'requests'
  const own = url.operationService ?? service
  const isNarrowed = url.operation !== undefined && (service === undefined || service === own)
  const of = isNarrowed ? own : service
  return {
    view,
    ...(of === undefined ? {} : { service: of }),
    ...(isNarrowed && url.operation !== undefined ? { operation: url.operation } : {}),
    ...(isNarrowed && url.kind !== undefined ? { kind: url.kind } : {}),
  }
}

/** The patch that widens the charts to all operations again. */
export const noOperation = { operation: undefined, kind: undefined, operationService: undefined } as const
