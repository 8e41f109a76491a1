/** What the shades of a heatmap stand for. */

import { formatCount } from '../format.ts'
import { shadeCount, shadeStarts } from './heat-cells.ts'
import styles from './heat-legend.module.css'

const shades = Array.from({ length: shadeCount }, (_, shade) => `var(--heat-${shade})`)

export function HeatLegend({ highest, noun }: { readonly highest: number; readonly noun: string }) {
  const starts = shadeStarts(highest)
  const title = `From few to many ${noun} in a cell: ${starts.map(formatCount).join(', ')} and more; at most ${formatCount(highest)}`
  return (
    <span className={styles.legend} title={title} role="img" aria-label={title}>
      few
      {shades.map((shade) => (
        <i key={shade} style={{ background: shade }} />
      ))}
      many
    </span>
  )
}
