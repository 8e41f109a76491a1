/** Listens for the trace screen's keys while it is open, and leaves alone what belongs to fields, dialogs and buttons. */

import { type RefObject, useEffect, useRef } from 'react'
import { isTyping } from '../../ui/is-typing.ts'
import { actionOf, type TraceAction } from './trace-keys.ts'

/** `onAction` says whether it did something; then the browser's own scrolling or finding is kept from happening too. */
export function useTraceKeys(screen: RefObject<HTMLElement | null>, onAction: (action: TraceAction) => boolean): void {
  const latest = useRef(onAction)
  useEffect(() => {
    latest.current = onAction
  })
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const target = event.target
      if (event.defaultPrevented || isTyping(event) || !(target instanceof Element)) return
      if (target.closest('[role="dialog"], [role="listbox"], [role="menu"]')) return
      const idle = target === document.body
      const inside = idle || screen.current?.contains(target) === true
      const inWaterfall = target.closest('[aria-label="Waterfall"]') !== null
      const action = actionOf(event.key, !idle && !inWaterfall)
      // Escape elsewhere closes what was opened there.
      if (action === undefined || (action === 'back' && !inside)) return
      if (latest.current(action)) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [screen])
}
