/** Takes to what an import brought, with a time range in which it is on screen. */

import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Destination } from './import-rows.ts'

export function useShowImport(): (destination: Destination) => void {
  const navigate = useNavigate()
  return useCallback(
    ({ to, range }) => {
      // A filter for another service would hide it.
      const search = { ...range, range: undefined, service: undefined }
      void navigate({ to, search })
    },
    [navigate],
  )
}
