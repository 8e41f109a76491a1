/** Larger type on this screen, for a class that looks at a projector; remembered in this browser. */

import { useSyncExternalStore } from 'react'
import { createStore } from '../../client/store.ts'

const storageKey = 'spanlight.loadlab.projector'

const projector = createStore(localStorage.getItem(storageKey) === 'on')

export function useProjector(): [boolean, (isLarge: boolean) => void] {
  return [useSyncExternalStore(projector.subscribe, projector.get), setProjector]
}

function setProjector(isLarge: boolean): void {
  if (isLarge) localStorage.setItem(storageKey, 'on')
  else localStorage.removeItem(storageKey)
  projector.set(isLarge)
}
