/** Find in trace: services and operations match while typing, attributes and events as soon as the engine answers. */

import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { orpc } from '../../client/api.ts'
import { findMatches, type Matches } from './trace-find.ts'
import type { TraceModel } from './trace-model.ts'

const askAfterMs = 250

export interface Find {
  /** Undefined while nothing is looked for. */
  readonly matches: Matches | undefined
  /** The engine is still looking through attributes and events. */
  readonly searching: boolean
  /** Why attributes and events could not be looked through. */
  readonly error: unknown
}

export function useFind(model: TraceModel, text: string): Find {
  const wanted = text.trim()
  const [asked] = useDebouncedValue(wanted, askAfterMs)
  const { columns, index, spanCount } = model
  const query = useQuery({
    ...orpc.traces.find.queryOptions({ input: { traceId: columns.traceId, text: asked } }),
    queryKey: ['trace', 'find', columns.traceId, asked, spanCount],
    enabled: asked !== '',
  })
  const found = asked === wanted ? query.data?.spans : undefined
  const matches = useMemo(
    () => (wanted === '' ? undefined : findMatches(columns, index, wanted, found)),
    [columns, index, wanted, found],
  )
  return { matches, searching: wanted !== '' && (asked !== wanted || query.isFetching), error: query.error }
}
