/** Faults, deployments, alerts and notes as marks on a metric's charts. */

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../client/api.ts'
import { liveList } from '../../client/live.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import type { ChartMark } from '../../ui/chart/series.ts'
import { printableLine } from '../../ui/printable.ts'
import { untilNow } from './range-bounds.ts'

const colors: Readonly<Record<string, string>> = {
  fault: 'var(--error)',
  alert: 'var(--warn)',
  deployment: 'var(--s2)',
  note: 'var(--accent)',
}

export function useMarks(range: TimeRange): readonly ChartMark[] {
  const { data } = useQuery({
    queryKey: ['annotations', 'list', range.key],
    queryFn: ({ signal }) => api.annotations.list(untilNow(range), { signal }),
    ...liveList,
  })
  return useMemo(
    () =>
      (data?.annotations ?? []).map(({ id, isNote, kind, text, startUnixNano, endUnixNano }) => ({
        id: isNote ? `note-${id}` : String(id),
        label: printableLine(text, 200) || kind,
        startUnixNano: BigInt(startUnixNano),
        ...(endUnixNano === null ? {} : { endUnixNano: BigInt(endUnixNano) }),
        color: colors[kind] ?? 'var(--s8)',
      })),
    [data],
  )
}
