/** Opening another session: what comes after it is a page that knows nothing of the one before. */

import { useMutation } from '@tanstack/react-query'
import { switchSession } from '../../client/live.ts'

export interface Switch {
  readonly isPending: boolean
  readonly error: Error | null
  readonly run: (change: () => Promise<unknown>) => void
}

/** `to` is the screen of the page that comes after it. */
export function useSwitch(to: '/' | '/sessions'): Switch {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: () => Promise<unknown>) => switchSession(() => change().then(() => to)),
  })
  return { isPending, error, run: mutate }
}
