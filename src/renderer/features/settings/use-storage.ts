/** What is stored and how big it is, asked for again now and then while it is on show. */

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Storage } from '#shared/contract/settings.ts'
import { orpc } from '../../client/api.ts'

const refreshMs = 5_000
/** While rollups are computed anew one watches how they come along. */
const foldingRefreshMs = 1_000

export function useStorage(): UseQueryResult<Storage> {
  return useQuery(
    orpc.settings.storage.queryOptions({
      refetchInterval: ({ state }) => ((state.data?.rollups.spansToFold ?? 0) > 0 ? foldingRefreshMs : refreshMs),
    }),
  )
}
