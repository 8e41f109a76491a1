/** A number the reader chose, such as a column's width, remembered between visits; undefined until one was chosen. */

import { useCallback, useState } from 'react'

export function useStoredNumber(key: string): [number | undefined, (value: number) => void] {
  const [value, setValue] = useState(() => {
    const stored = Number(localStorage.getItem(key) ?? Number.NaN)
    return Number.isFinite(stored) ? stored : undefined
  })
  const store = useCallback(
    (next: number) => {
      setValue(next)
      localStorage.setItem(key, String(next))
    },
    [key],
  )
  return [value, store]
}
