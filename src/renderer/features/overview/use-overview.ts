/** What the Overview asks the engine for; each answer is replaced as new data arrives, never emptied. */

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Annotation } from '#shared/contract/annotations.ts'
import type { OperationSignals } from '#shared/contract/operations.ts'
import type { Heatmap, Overview, OverviewExemplar } from '#shared/contract/overview.ts'
import type { Saturation } from '#shared/contract/saturation.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { api } from '../../client/api.ts'
import { liveList } from '../../client/live.ts'
import type { RangeBounds, TimeRange } from '../../client/time-range-url.ts'
import { coverageOf } from './coverage.ts'
import type { OverviewFilter } from './overview-url.ts'

/** About as many points as the table's sparklines are wide. */
const historyBuckets = 45

export interface Signals {
  readonly overview: Overview
  readonly heatmap: Heatmap
  readonly exemplars: readonly OverviewExemplar[]
  /** When they were asked for: buckets that end later are still filling. */
  readonly askedUnixNano: bigint
}

export interface Operations {
  readonly operations: readonly OperationSignals[]
  readonly operationCount: number
  readonly relativeError: number
  readonly method: string
}

/** A range that moves with time ends now, not where the newest data lies: silence is to be seen. */
function boundsNow(range: TimeRange): { readonly bounds: RangeBounds; readonly now: bigint } {
  const now = fromUnixMillis(Date.now())
  const bounds = range.resolve()
  const endsNow = range.live && bounds.start !== undefined && bounds.end === undefined
  return { bounds: endsNow ? { ...bounds, end: String(now) } : bounds, now }
}

/** Charts, tiles and dots of one moment, so that they show the same buckets. */
export function useSignals(filter: OverviewFilter, range: TimeRange): UseQueryResult<Signals> {
  return useQuery({
    queryKey: ['overview', 'signals', filter, range.key],
    queryFn: async ({ signal }): Promise<Signals> => {
      const { bounds, now } = boundsNow(range)
      const input = { ...filter, ...bounds }
      const [overview, heatmap, { exemplars }] = await Promise.all([
        api.overview.get({ ...input, compare: true }, { signal }),
        api.overview.heatmap(input, { signal }),
        api.overview.exemplars(input, { signal }),
      ])
      return { overview, heatmap, exemplars, askedUnixNano: now }
    },
    ...liveList,
  })
}

/** All operations of the view, also while the charts are about one of them. */
export function useOperations(
  { view, service }: { readonly view: OverviewFilter['view']; readonly service: string | undefined },
  range: TimeRange,
): UseQueryResult<Operations> {
  return useQuery({
    queryKey: ['overview', 'operations', view, service, range.key],
    queryFn: ({ signal }): Promise<Operations> =>
      api.operations.list(
        { view, ...(service === undefined ? {} : { service }), ...boundsNow(range).bounds, history: historyBuckets },
        { signal },
      ),
    ...liveList,
  })
}

/** Over how much of the range rates of all operations are meant; asked for apart while the charts are about one of them. */
export function useCoveredSeconds(filter: OverviewFilter, range: TimeRange): number | undefined {
  const { data } = useQuery({
    queryKey: ['overview', 'coverage', filter, range.key],
    queryFn: async ({ signal }) =>
      coverageOf(await api.overview.get({ ...filter, ...boundsNow(range).bounds, compare: true }, { signal })),
    ...liveList,
  })
  return data?.seconds
}

export interface SaturationAnswers {
  readonly now: UseQueryResult<Saturation>
  /** Of the window of equal length just before; undefined where there is none, or it isn't known yet. */
  readonly before: Saturation | undefined
}

/** Resources are read from raw points and report every few seconds: not worth asking at every commit. */
const saturationRefreshMs = 5_000
const beforeRefreshMs = 60_000

export function useSaturation(service: string | undefined, range: TimeRange): SaturationAnswers {
  const input = service === undefined ? {} : { service }
  const now = useQuery({
    queryKey: ['overview', 'saturation', service, range.key],
    queryFn: ({ signal }) => api.saturation.get({ ...input, ...boundsNow(range).bounds }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: saturationRefreshMs,
  })
  const before = useQuery({
    queryKey: ['overview', 'saturation', 'before', service, range.key],
    queryFn: async ({ signal }) => {
      const { start, end } = boundsNow(range).bounds
      if (start === undefined || end === undefined) return null
      return api.saturation.get({ ...input, ...windowBefore(BigInt(start), BigInt(end)) }, { signal })
    },
    refetchInterval: beforeRefreshMs,
  })
  return { now, before: before.data ?? undefined }
}

function windowBefore(start: bigint, end: bigint): RangeBounds {
  const from = start - (end - start)
  return { start: String(from < 0n ? 0n : from), end: String(start) }
}

export function useAnnotations(range: TimeRange): UseQueryResult<readonly Annotation[]> {
  return useQuery({
    queryKey: ['annotations', range.key],
    queryFn: async ({ signal }): Promise<readonly Annotation[]> =>
      (await api.annotations.list(boundsNow(range).bounds, { signal })).annotations,
    ...liveList,
  })
}
