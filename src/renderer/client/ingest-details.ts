/** What the receivers are doing in detail, asked for again while it is on show. */

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { IngestDetails } from '#shared/contract/status.ts'
import { orpc } from './api.ts'

const refreshMs = 1_000

/** A refused request changes nothing in the store, so this can't wait for a commit and asks by the clock. */
export function useIngestDetails(): UseQueryResult<IngestDetails> {
  return useQuery(orpc.status.ingest.queryOptions({ refetchInterval: refreshMs }))
}
