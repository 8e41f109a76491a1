/** A column's name that sorts its table, with an arrow while the table is sorted by it. */

import styles from './sort-button.module.css'

export interface SortButtonProps {
  readonly label: string
  /** How the table is sorted by this column; undefined while it is not. */
  readonly direction: 'ascending' | 'descending' | undefined
  /** The arrow stands behind the name of a left-aligned column, before that of a right-aligned one. */
  readonly align: 'left' | 'right'
  readonly onSort: () => void
}

export function SortButton({ label, direction, align, onSort }: SortButtonProps) {
  return (
    <button type="button" className={styles.sort} data-align={align} onClick={onSort}>
      <span aria-hidden="true" className={direction === undefined ? styles.unsorted : undefined}>
        {direction === 'ascending' ? '↑' : '↓'}
      </span>
      {label}
    </button>
  )
}
