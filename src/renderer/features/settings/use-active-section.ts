/** Which section is being read: the one that the address names while it is in view, else the topmost. */

import { useLocation } from '@tanstack/react-router'
import { type RefObject, useEffect, useState } from 'react'
import { type SectionId, sections } from './sections.ts'

/** A heading this near the lower edge is not being read yet. */
const edgePx = 40

export function useActiveSection(scroller: RefObject<HTMLElement | null>): SectionId {
  const hash = useLocation({ select: (location) => location.hash })
  const [active, setActive] = useState<SectionId>('receivers')
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const update = () => {
      const { top, bottom } = element.getBoundingClientRect()
      const inView = sections.filter(({ id }) => {
        const heading = document.getElementById(id)?.getBoundingClientRect()
        return heading !== undefined && heading.top >= top && heading.bottom <= bottom - edgePx
      })
      const section = inView.find(({ id }) => id === hash) ?? inView[0]
      // A section longer than the view stays the one read while none of the headings is in sight.
      if (section !== undefined) setActive(section.id)
    }
    update()
    element.addEventListener('scroll', update, { passive: true })
    return () => element.removeEventListener('scroll', update)
  }, [hash, scroller])
  return active
}
