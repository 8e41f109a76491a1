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
      const headings = sections.flatMap(({ id }) => {
        const rect = document.getElementById(id)?.getBoundingClientRect()
        return rect === undefined ? [] : [{ id, rect }]
      })
      const inView = headings.filter(({ rect }) => rect.top >= top && rect.bottom <= bottom - edgePx)
      // While no heading is in sight, one reads within the section that began above.
      const section =
        inView.find(({ id }) => id === hash) ?? inView[0] ?? headings.findLast(({ rect }) => rect.top < top)
      if (section !== undefined) setActive(section.id)
    }
    update()
    element.addEventListener('scroll', update, { passive: true })
    return () => element.removeEventListener('scroll', update)
  }, [hash, scroller])
  return active
}
