/** All metrics, followed as they change; their lines, which take the engine longer, come after and move more slowly. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Metric } from '#shared/contract/metrics.ts'
import { api } from '../../client/api.ts'
import { useTimeRange } from '../../client/time-range.ts'
import { paceOf, timed } from './query-pace.ts'
import { untilNow } from './range-bounds.ts'

const sparklinesMs = 5_000

export interface MetricList {
  /** By name; undefined while the first answer is awaited. */
  readonly metrics: readonly Metric[] | undefined
  readonly error: unknown
  readonly retry: () => void
}

export function useMetricList(service: string | undefined): MetricList {
  const range = useTimeRange()
  const of = service === undefined ? {} : { service }
  const [isQuick, setQuick] = useState(true)
  const list = useQuery({
    queryKey: ['metrics', 'list', service],
    queryFn: ({ signal }) => timed(() => api.metrics.list(of, { signal })),
    placeholderData: keepPreviousData,
    meta: { live: isQuick },
    refetchInterval: ({ state }) => paceOf(state.data).refetchInterval,
  })
  const pace = paceOf(list.data)
  if (pace.live !== isQuick) setQuick(pace.live)
  const sparklines = useQuery({
    queryKey: ['metrics', 'sparklines', service, range.key],
    queryFn: ({ signal }) =>
      timed(async () => {
        const { metrics } = await api.metrics.list({ ...of, ...untilNow(range), sparklines: true }, { signal })
        return new Map(metrics.map((metric) => [variantKey(metric), metric.sparkline]))
      }),
    enabled: list.data !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => paceOf(state.data, sparklinesMs).refetchInterval,
  })
  const listed = list.data?.answer.metrics
  const lines = sparklines.data?.answer
  const metrics = useMemo(
    () =>
      listed?.map((metric) => {
        const sparkline = lines?.get(variantKey(metric))
        return sparkline === undefined ? metric : { ...metric, sparkline }
      }),
    [listed, lines],
  )
  return { metrics, error: list.error, retry: () => void list.refetch() }
}

function variantKey({ name, type, unit, temporality, monotonic }: Metric): string {
  return JSON.stringify([name, type, unit, temporality, monotonic])
}
