/** The present, for texts such as "12 s ago" that must go on when nothing else changes. */

import { useEffect, useState } from 'react'

const tickMs = 1_000

/** Renders again every second with the time then. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
