/** The cache of everything asked from the engine, with retries that fit a local engine. */

import { QueryClient } from '@tanstack/react-query'
import { ConnectionError } from './connect.ts'

const maxRetries = 3

/** Worth asking again: a broken connection or a busy engine; every other error is an answer. */
function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.code === 'DISCONNECTED'
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'BUSY'
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine is on this machine: the browser's idea of being offline says nothing about it.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 1_000,
      retry: (failures, error) => failures < maxRetries && isPassing(error),
      retryDelay: (failures) => Math.min(2_000, 200 * 2 ** failures),
    },
    mutations: { networkMode: 'always' },
  },
})
