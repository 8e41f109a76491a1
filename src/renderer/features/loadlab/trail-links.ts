/** The steps of the evidence as links: chart → trace → span → log. */

import type { Evidence } from '#shared/contract/loadlab-status.ts'
import { noLabParams } from './loadlab-url.ts'

export interface TrailLink {
  readonly step: 'Chart' | 'Trace' | 'Span' | 'Log'
  readonly sentence: string
  readonly to: {
    readonly to: '/overview' | '/metrics' | '/traces/$traceId'
    readonly params?: { readonly traceId: string }
    readonly search: Readonly<Record<string, unknown>>
  }
}

const names = { chart: 'Chart', trace: 'Trace', span: 'Span', log: 'Log' } as const
/** What the Overview's own charts draw. */
const requestDuration = 'http.server.request.duration'

export function trailLinks(trail: readonly Evidence[]): readonly TrailLink[] {
  return trail.map((evidence) => {
    const { step, sentence, service, startUnixNano, endUnixNano, metric, traceId, spanId } = evidence
    const link = { step: names[step], sentence }
    if (traceId !== null)
      return {
        ...link,
        to: {
          to: '/traces/$traceId',
          params: { traceId },
          search: {
            ...noLabParams,
            span: spanId ?? undefined,
            logs: step === 'log' ? 'span' : undefined,
          },
        },
      }
    const range = { ...noLabParams, range: undefined, start: startUnixNano, end: endUnixNano, service }
    return metric === null || metric === requestDuration
      ? { ...link, to: { to: '/overview', search: range } }
      : { ...link, to: { to: '/metrics', search: { ...range, name: metric } } }
  })
}
