/** Whether the pointer is moving over the rows: while someone aims, nothing may move under it. */

import { useCallback, useEffect, useRef, useState } from 'react'

const restMs = 800

export interface PointerBusy {
  readonly isBusy: boolean
  readonly onPointerMove: () => void
}

export function usePointerBusy(): PointerBusy {
  const [isBusy, setBusy] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const onPointerMove = useCallback(() => {
    setBusy(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setBusy(false), restMs)
  }, [])
  return { isBusy, onPointerMove }
}
