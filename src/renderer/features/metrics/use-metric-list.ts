/** All metrics, followed as they change: with every commit while they are few, at intervals when there are thousands. */

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Metric } from '#shared/contract/metrics.ts'
import { api } from '../../client/api.ts'
import { useTimeRange } from '../../client/time-range.ts'
import { untilNow } from './range-bounds.ts'

/** More are not asked for with every commit: the list is long to read and to send, and nobody sees all of it. */
const fewMetrics = 300
const manyRefreshMs = 5_000
const thousands = 3_000
const thousandsRefreshMs = 20_000

export interface MetricList {
  /** By name; undefined while the first answer is awaited. */
  readonly metrics: readonly Metric[] | undefined
  readonly error: unknown
  readonly retry: () => void
}

export function useMetricList(service: string | undefined): MetricList {
  const range = useTimeRange()
  const [isFew, setFew] = useState(true)
  const query = useQuery({
    queryKey: ['metrics', 'list', service, range.key],
    queryFn: ({ signal }) =>
      api.metrics.list(
        { ...(service === undefined ? {} : { service }), ...untilNow(range), sparklines: true },
        { signal },
      ),
    placeholderData: (before) => before,
    meta: { live: isFew },
    refetchInterval: ({ state }) => {
      const count = state.data?.metrics.length ?? 0
      if (count <= fewMetrics) return false
      return count > thousands ? thousandsRefreshMs : manyRefreshMs
    },
  })
  const areFew = (query.data?.metrics.length ?? 0) <= fewMetrics
  if (areFew !== isFew) setFew(areFew)
  return { metrics: query.data?.metrics, error: query.error, retry: () => void query.refetch() }
}
