/** Goes to the section that the address names, and keeps to it while the sections above it are still loading. */

import { useLocation } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import { sections } from './sections.ts'

/** What a person does who has gone on from there. */
const leavingEvents = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const

export function useAnchor(scroller: RefObject<HTMLElement | null>): void {
  const hash = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    const heading = sections.some(({ id }) => id === hash) ? document.getElementById(hash) : null
    const element = scroller.current
    const content = element?.firstElementChild
    if (heading === null || element === null || !content) return
    heading.focus({ preventScroll: true })
    const growth = new ResizeObserver(() => heading.scrollIntoView({ block: 'start' }))
    const leave = () => growth.disconnect()
    growth.observe(content)
    for (const type of leavingEvents) element.addEventListener(type, leave, { passive: true })
    return () => {
      leave()
      for (const type of leavingEvents) element.removeEventListener(type, leave)
    }
  }, [hash, scroller])
}
