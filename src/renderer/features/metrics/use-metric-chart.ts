/** The chart of one metric, followed live; and how it is grouped until someone chooses. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MetricChart } from '#shared/contract/metric-chart.ts'
import { api } from '../../client/api.ts'
import { live } from '../../client/live.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { defaultGrouping } from './default-grouping.ts'
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
  const [suggested, setSuggested] = useState<readonly string[]>()
  const keys = groupBy ?? suggested
  const query = useQuery({
    queryKey: ['metrics', 'chart', name, service, range.key, keys, attr],
    queryFn: ({ signal }) =>
      api.metrics.chart(
        {
          name,
          ...(service === undefined ? {} : { service }),
          ...untilNow(range),
          groupBy: [...(keys ?? [])],
          attr: [...attr],
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    ...live,
  })

  // Which keys suit a metric is known from its attributes, and so from a first answer without groups.
  const newest = query.data?.variants[0]
  if (keys === undefined && newest !== undefined) setSuggested(defaultGrouping(newest))

  // That answer itself is not on show, and neither does it hold the place of the next.
  const [hasGroups, setHasGroups] = useState(false)
  if (
    !hasGroups &&
    query.data !== undefined &&
    !query.isPlaceholderData &&
    (keys !== undefined || newest === undefined)
  )
    setHasGroups(true)
  const isReady = query.data !== undefined && hasGroups
  return {
    chart: isReady ? query.data : undefined,
    error: query.data === undefined ? query.error : null,
    isStale: query.isPlaceholderData,
    retry: () => void query.refetch(),
  }
}
