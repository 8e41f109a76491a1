/** A result as bars: one group for each row, named by its column. */

import type { BarData } from './chart-data.ts'
import styles from './result-chart.module.css'

export interface ResultBarsProps {
  readonly data: BarData
  /** Names of the values of a row, in order. */
  readonly values: readonly string[]
}

export function ResultBars({ data: { bars }, values }: ResultBarsProps) {
  const longest = Math.max(0, ...bars.flatMap((bar) => bar.values.map((value) => Math.abs(value ?? 0))))
  const width = (value: number | null): string => `${longest === 0 ? 0 : (Math.abs(value ?? 0) / longest) * 100}%`
  return (
    <div className={styles.bars}>
      <table className={styles.barTable} aria-label="Result as bars">
        <thead className={values.length > 1 ? undefined : 'visually-hidden'}>
          <tr>
            <th scope="col">Name</th>
            {values.map((name, index) => (
              <th key={name} scope="col">
                <i className={styles.key} style={{ background: colorOf(index) }} />
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.id}>
              <th scope="row" title={bar.name}>
                {bar.name}
              </th>
              {values.map((name, index) => {
                const value = bar.values[index] ?? null
                return (
                  <td key={name}>
                    <span className={styles.barCell}>
                      <span className={styles.track} aria-hidden="true">
                        <span className={styles.bar} style={{ width: width(value), background: colorOf(index) }} />
                      </span>
                      <span className={styles.figureText}>{value === null ? 'none' : value.toLocaleString('en')}</span>
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function colorOf(index: number): string {
  return `var(--s${(index % 12) + 1})`
}
