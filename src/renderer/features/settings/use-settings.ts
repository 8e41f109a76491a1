/** The settings as the engine holds them. */

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Settings } from '#shared/contract/settings.ts'
import { orpc } from '../../client/api.ts'

export function useSettings(): UseQueryResult<Settings> {
  return useQuery(orpc.settings.get.queryOptions())
}

/** Takes over what the engine answered to a change, so that no field shows what was before. */
export function useTakeSettings(): (settings: Settings) => void {
  const queryClient = useQueryClient()
  return useCallback((settings) => queryClient.setQueryData(orpc.settings.get.queryKey(), settings), [queryClient])
}
