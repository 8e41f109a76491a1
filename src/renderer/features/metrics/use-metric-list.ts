/** All metrics, followed as they change: with every commit while they are few, at intervals when there are thousands. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Metric } from '#shared/contract/metrics.ts'
import { api } from '../../client/api.ts'
import { useTimeRange } from '../../client/time-range.ts'
import { untilNow } from './range-bounds.ts'

/** More are not asked for with every commit: the list is long to read and to send, and nobody sees all of it. */
const fewMetrics = 300
const manyRefreshMs = 5_000
/** Lines of the list take the engine several times as long as its figures, and move slowly. */
const fewSparklinesMs = 5_000
const manySparklinesMs = 30_000

export interface MetricList {
  /** By name; undefined while the first answer is awaited. Sparklines come a little later. */
  readonly metrics: readonly Metric[] | undefined
  readonly error: unknown
  readonly retry: () => void
}

export function useMetricList(service: string | undefined): MetricList {
  const range = useTimeRange()
  const [isFew, setFew] = useState(true)
  const of = service === undefined ? {} : { service }
  const list = useQuery({
    queryKey: ['metrics', 'list', service],
    queryFn: ({ signal }) => api.metrics.list(of, { signal }),
    placeholderData: keepPreviousData,
    meta: { live: isFew },
    refetchInterval: isFew ? false : manyRefreshMs,
  })
  const sparklines = useQuery({
    queryKey: ['metrics', 'sparklines', service, range.key],
    queryFn: async ({ signal }) => {
      const { metrics } = await api.metrics.list({ ...of, ...untilNow(range), sparklines: true }, { signal })
      return new Map(metrics.map((metric) => [variantKey(metric), metric.sparkline]))
    },
    enabled: list.data !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: isFew ? fewSparklinesMs : manySparklinesMs,
  })
  const areFew = (list.data?.metrics.length ?? 0) <= fewMetrics
  if (areFew !== isFew) setFew(areFew)
  const metrics = useMemo(
    () =>
      list.data?.metrics.map((metric) => {
        const sparkline = sparklines.data?.get(variantKey(metric))
        return sparkline === undefined ? metric : { ...metric, sparkline }
      }),
    [list.data, sparklines.data],
  )
  return { metrics, error: list.error, retry: () => void list.refetch() }
}

function variantKey({ name, type, unit, temporality, monotonic }: Metric): string {
  return JSON.stringify([name, type, unit, temporality, monotonic])
}
