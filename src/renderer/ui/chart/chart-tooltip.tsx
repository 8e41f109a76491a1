/** The tooltip of a chart, beside the crosshair and never under the pointer. */

import { Portal } from '@mantine/core'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import styles from './chart-tooltip.module.css'
import type { TooltipContent } from './tooltip-content.ts'

const gapPx = 14

export interface ChartTooltipProps {
  readonly plot: RefObject<HTMLElement | null>
  readonly content: TooltipContent
  /** What a click does here. */
  readonly action: string | undefined
  /** Of the crosshair, from the left of the plot. */
  readonly x: number
  /** While a selection is drawn only its times are of interest. */
  readonly isQuiet: boolean
}

export function ChartTooltip(props: ChartTooltipProps) {
  return (
    <Portal>
      <Placed {...props} />
    </Portal>
  )
}

/** A component of its own, because a portal draws what is in it one round later. */
function Placed({ plot, content, action, x, isQuiet }: ChartTooltipProps) {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (element.current === null || plot.current === null) return
    const box = plot.current.getBoundingClientRect()
    const { offsetWidth, offsetHeight } = element.current
    const right = box.left + x + gapPx
    const fits = right + offsetWidth < window.innerWidth - 8 && x < box.width * 0.62
    const left = fits ? right : box.left + x - gapPx - offsetWidth
    const top = Math.min(box.top + 2, window.innerHeight - offsetHeight - 8)
    element.current.style.transform = `translate(${Math.round(Math.max(8, left))}px, ${Math.round(Math.max(8, top))}px)`
  })
  return (
    <div ref={element} className={styles.tooltip} aria-hidden="true">
      <div className={styles.title}>{content.title}</div>
      {isQuiet ? null : (
        <>
          {content.rows.map(({ id, name, value, color }) => (
            <div key={id} className={styles.row}>
              <i className={styles.key} style={{ background: color ?? 'transparent' }} />
              <span className={styles.name}>{name}</span>
              <span className={styles.value}>{value}</span>
            </div>
          ))}
          {content.note === undefined ? null : <div className={styles.note}>{content.note}</div>}
          {action === undefined ? null : <div className={styles.action}>{action}</div>}
          {content.marks?.map(({ id, label, color }) => (
            <div key={id} className={styles.mark} style={{ color }}>
              {label}
            </div>
          ))}
        </>
      )}
    </div>
  )
}
