/** Opening another session: what comes after it is a page that knows nothing of the one before. */

import { useMutation } from '@tanstack/react-query'
import { leave } from '../../client/live.ts'

export interface Switch {
  readonly isPending: boolean
  readonly error: Error | null
  readonly run: (change: () => Promise<{ path: string }>) => void
  readonly reset: () => void
}

export function useSwitch(currentPath: string | undefined, onSame: () => void): Switch {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (change: () => Promise<{ path: string }>) => change(),
    onSuccess: ({ path }) => (path === currentPath ? onSame() : leave('/')),
  })
  return { isPending, error, run: mutate, reset }
}
