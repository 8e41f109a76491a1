/** Sends one request through the load lab's shop and opens its trace while it grows. */

import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api } from './api.ts'
import { awaitTrace } from './awaited-traces.ts'

/** With the name of a fault it is in this request alone. Rejects with what the lab answers. */
export function useSendOne(): (fault?: string) => Promise<void> {
  const navigate = useNavigate()
  const router = useRouter()
  return useCallback(
    async (fault) => {
      // Its code comes while the request is on its way: the first bars are not missed.
      void router.preloadRoute({ to: '/traces/$traceId', params: { traceId: '0' } })
      const { traceId } = await api.loadlab.sendOne(fault === undefined ? {} : { fault })
      awaitTrace(traceId)
      // Narrowed to nothing: what was selected in another trace, or a service, has nothing to do with this one.
      await navigate({ to: '/traces/$traceId', params: { traceId }, search: {} })
    },
    [navigate, router],
  )
}
