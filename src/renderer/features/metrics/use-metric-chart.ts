/** The chart of one metric, followed live; and how it is grouped until someone chooses. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MetricChart } from '#shared/contract/metric-chart.ts'
import { api } from '../../client/api.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { defaultGrouping } from './default-grouping.ts'
import { paceOf, timed } from './query-pace.ts'
import { untilNow } from './range-bounds.ts'

export interface MetricChartQuestion {
  readonly name: string
  readonly service: string | undefined
  readonly range: TimeRange
  /** Undefined: as suits the metric. */
  readonly groupBy: readonly string[] | undefined
  readonly attr: readonly string[]
}

export interface MetricChartAnswer {
  /** Undefined while the first answer is awaited. */
  readonly chart: MetricChart | undefined
  readonly error: unknown
  /** What is on show still answers the filters of before. */
  readonly isStale: boolean
  readonly retry: () => void
}

/** Belongs to one metric: give it another key for another. */
export function useMetricChart({ name, service, range, groupBy, attr }: MetricChartQuestion): MetricChartAnswer {
  const of = { name, ...(service === undefined ? {} : { service }) }
  // Which keys suit a metric is known from its series; a range before all points tells of them and reads no point.
  const shape = useQuery({
    queryKey: ['metrics', 'shape', name, service],
    queryFn: ({ signal }) =>
      api.metrics.chart({ ...of, start: '0', end: '1', maxGroups: 1, exemplars: false }, { signal }),
    enabled: groupBy === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const newest = shape.data?.variants[0]
  const suggested = shape.data === undefined ? undefined : newest === undefined ? [] : defaultGrouping(newest)
  const keys = groupBy ?? suggested

  const [isQuick, setQuick] = useState(true)
  const query = useQuery({
    queryKey: ['metrics', 'chart', name, service, range.key, keys, attr],
    queryFn: ({ signal }) =>
      timed(() =>
        api.metrics.chart({ ...of, ...untilNow(range), groupBy: [...(keys ?? [])], attr: [...attr] }, { signal }),
      ),
    enabled: keys !== undefined,
    placeholderData: keepPreviousData,
    meta: { live: isQuick },
    refetchInterval: ({ state }) => (range.live ? paceOf(state.data).refetchInterval : false),
  })
  const pace = paceOf(query.data)
  if (pace.live !== isQuick) setQuick(pace.live)

  return {
    chart: query.data?.answer,
    error: query.data === undefined ? (shape.error ?? query.error) : null,
    isStale: query.isPlaceholderData,
    retry: () => void (keys === undefined ? shape.refetch() : query.refetch()),
  }
}
