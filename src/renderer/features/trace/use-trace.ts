/** Loads a trace and keeps it fresh: its summary follows every commit, its columns are fetched again when it grew. */

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { decodeWaterfall } from '#shared/contract/waterfall.ts'
import { api, orpc } from '../../client/api.ts'
import { live } from '../../client/live.ts'
import { type TraceModel, traceModel } from './trace-model.ts'

export interface TraceQuery {
  readonly summary: TraceSummary | undefined
  readonly model: TraceModel | undefined
  readonly error: unknown
  readonly retry: () => void
}

export function useTrace(traceId: string): TraceQuery {
  const summary = useQuery({ ...orpc.traces.summary.queryOptions({ input: { traceId } }), ...live })
  const waterfall = useQuery({
    queryKey: ['trace', 'model', traceId],
    queryFn: async ({ signal }) => {
      const blob = await api.traces.waterfall({ traceId }, { signal })
      return traceModel(decodeWaterfall(await blob.arrayBuffer()))
    },
    staleTime: 0,
    // Columns of a big trace are megabytes, and comparing them is as dear as drawing them.
    gcTime: 60_000,
    structuralSharing: false,
  })

  const { refetch, data: model, isFetching, isError } = waterfall
  const spanCount = summary.data?.spanCount
  const askedAt = useRef(0)
  useEffect(() => {
    if (spanCount === undefined || isFetching || spanCount === askedAt.current) return
    // Once per count: a trace too big to be sent whole never catches up.
    askedAt.current = spanCount
    if (isError || (model && spanCount !== model.spanCount)) void refetch()
  }, [spanCount, model, isFetching, isError, refetch])

  return {
    summary: summary.data,
    model,
    error: model ? undefined : (waterfall.error ?? summary.error),
    retry: () => {
      void summary.refetch()
      void refetch()
    },
  }
}
