/** The service all screens are narrowed to, kept in the URL. */

import { useCallback } from 'react'
import { z } from 'zod'
import { useUrlState } from './url-state.ts'

export const serviceFilterSchema = z.object({ service: z.string().optional().catch(undefined) })

export interface ServiceFilter {
  /** The chosen service; undefined means all. */
  readonly service: string | undefined
  readonly setService: (service: string | undefined) => void
}

/** The service chosen in the URL, if any. */
export function useServiceFilter(): ServiceFilter {
  const [url, setUrl] = useUrlState(serviceFilterSchema)
  const setService = useCallback((service: string | undefined) => setUrl({ service }), [setUrl])
  return { service: url.service, setService }
}
