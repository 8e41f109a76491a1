/** Which series of a chart are hidden by its legend. */

import { useCallback, useState } from 'react'

const none: ReadonlySet<string> = new Set()

export function useHiddenSeries(): readonly [ReadonlySet<string>, (id: string) => void] {
  const [hidden, setHidden] = useState(none)
  const toggle = useCallback((id: string) => {
    setHidden((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  return [hidden, toggle]
}
