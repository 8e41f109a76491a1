/** Ranked rows that hold still while someone is among them, so that none moves away under a pointer. */

import { useState } from 'react'

/** The order held so far, without what is gone and with what is new at its end. */
export function heldOrder(held: readonly string[], now: readonly string[]): readonly string[] {
  const left = new Set(now)
  const kept = held.filter((key) => left.delete(key))
  return [...kept, ...left]
}

/** Keys in the order as it is, or while held as it was. What `asked` says anew is always as it is. */
export function useHeldOrder(now: readonly string[], asked: string, isHeld: boolean): readonly string[] {
  const [held, setHeld] = useState({ asked, order: now })
  const order = isHeld && held.asked === asked ? heldOrder(held.order, now) : now
  const isSame =
    held.asked === asked && held.order.length === order.length && held.order.every((key, at) => key === order[at])
  if (!isSame) setHeld({ asked, order })
  return isSame ? held.order : order
}
