/** Notes on traces, spans and times: read live, and changed where the session can be written. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Note } from '#shared/contract/notes.ts'
import { api, orpc } from './api.ts'
import { live, useStatusValue } from './live.ts'

type NewNote = Parameters<typeof api.notes.add>[0]

const noNotes: readonly Note[] = []
const noTraces: ReadonlyMap<string, number> = new Map()

/** Notes on a trace and its spans, in order of writing. */
export function useTraceNotes(traceId: string): readonly Note[] {
  return useQuery({ ...orpc.notes.list.queryOptions({ input: { traceId } }), ...live }).data?.notes ?? noNotes
}

/** How many notes a trace has, on it and on its spans; traces without any are left out. */
export function useNotedTraces(): ReadonlyMap<string, number> {
  const { data } = useQuery({ ...orpc.notes.traces.queryOptions(), ...live })
  return useMemo(
    () => (data === undefined ? noTraces : new Map(data.traces.map(({ traceId, count }) => [traceId, count]))),
    [data],
  )
}

export interface ChangeNotes {
  readonly add: (subject: NewNote['subject'], text: string) => Promise<void>
  readonly edit: (id: number, text: string) => Promise<void>
  readonly remove: (id: number) => Promise<void>
}

/** Each resolves once the change is on show; undefined in a session that is only read. */
export function useChangeNotes(): ChangeNotes | undefined {
  const queryClient = useQueryClient()
  const isReadOnly = useStatusValue(({ state }) => state === 'read-only') ?? true
  return useMemo(() => {
    if (isReadOnly) return undefined
    const after = async (change: Promise<unknown>): Promise<void> => {
      await change
      await Promise.all(
        [orpc.notes.key(), ['annotations']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      )
    }
    return {
      add: (subject, text) => after(api.notes.add({ subject, text })),
      edit: (id, text) => after(api.notes.edit({ id, text })),
      remove: (id) => after(api.notes.remove({ id })),
    }
  }, [queryClient, isReadOnly])
}
