/** What a query brought, or its skeleton, or its error with a retry, in the same place. */

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { SkeletonRows } from './skeleton.tsx'

export interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  /** Rows of the skeleton. */
  readonly rows: number
  /** What is loading, for a screen reader. */
  readonly label: string
  readonly children: (data: T) => ReactNode
}

export function Loaded<T>({ query, rows, label, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <SkeletonRows rows={rows} label={label} />
}
