/** Work on a session's file that takes a while: how far it is, what went wrong, and its end; it stops when its dialog closes. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { orpc } from '../../client/api.ts'

interface Progress {
  readonly type: 'progress'
  readonly done: number
  readonly total: number
}

export interface SessionTask<Done> {
  /** 0 to 1; undefined while it doesn't run. */
  readonly share: number | undefined
  readonly error: unknown
  readonly run: (start: (signal: AbortSignal) => Promise<AsyncIterable<Progress | Done>>) => void
}

export function useSessionTask<Done extends { readonly type: 'done' }>(
  onDone: (done: Done) => void,
): SessionTask<Done> {
  const queryClient = useQueryClient()
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function follow(start: Parameters<SessionTask<Done>['run']>[0]): Promise<void> {
    const cancel = new AbortController()
    running.current = cancel
    setError(null)
    setShare(0)
    try {
      for await (const event of await start(cancel.signal)) {
        if (event.type === 'progress') setShare(event.done / Math.max(1, event.total))
        else {
          onDone(event)
          await queryClient.invalidateQueries({ queryKey: orpc.sessions.key() })
        }
      }
    } catch (failure) {
      if (!cancel.signal.aborted) setError(failure)
    } finally {
      setShare(undefined)
    }
  }

  return { share, error, run: (start) => void follow(start) }
}
