/** A chart's legend: one button for each series, which hides it and shows it again. */

import styles from './chart-legend.module.css'

export interface LegendItem {
  readonly id: string
  readonly name: string
  /** A CSS colour. */
  readonly color: string
  /** A figure behind the name. */
  readonly value?: string
}

export interface ChartLegendProps {
  readonly items: readonly LegendItem[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  /** What the legend is of, for a screen reader. */
  readonly label: string
}

export function ChartLegend({ items, hidden, onToggle, label }: ChartLegendProps) {
  return (
    <fieldset className={`bare ${styles.legend}`} aria-label={label}>
      {items.map(({ id, name, color, value }) => (
        <button
          key={id}
          type="button"
          className={styles.item}
          aria-pressed={!hidden.has(id)}
          title={`${hidden.has(id) ? 'Show' : 'Hide'} ${name}`}
          onClick={() => onToggle(id)}
        >
          <i className={styles.key} style={{ background: color }} />
          <span className={styles.name}>{name}</span>
          {value === undefined ? null : <span className={styles.value}>{value}</span>}
        </button>
      ))}
    </fieldset>
  )
}
