/** How many records were lost when: one small bar per step of time. */

import type { LossRow } from './loss-rows.ts'
import styles from './losses-section.module.css'

const barPx = 3
const heightPx = 18
/** Even a single lost record is seen. */
const shortestPx = 2

export function LossBars({ bars, label }: { readonly bars: LossRow['bars']; readonly label: string }) {
  return (
    <svg className={styles.bars} role="img" aria-label={label} width={bars.length * barPx} height={heightPx}>
      {bars.map((bar, index) => {
        if (bar === undefined) return null
        const height = Math.max(shortestPx, bar.height * heightPx)
        return (
          <rect
            key={bar.text}
            className={styles.bar}
            x={index * barPx}
            y={heightPx - height}
            width={barPx - 1}
            height={height}
          >
            <title>{bar.text}</title>
          </rect>
        )
      })}
    </svg>
  )
}
