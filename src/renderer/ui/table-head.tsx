/** The head of a small table of names and figures. */

import table from './data-table.module.css'

export interface TableHeadProps {
  /** What the first column names. */
  readonly name: string
  /** The other columns, right-aligned. */
  readonly figures: readonly string[]
}

export function TableHead({ name, figures }: TableHeadProps) {
  return (
    <thead>
      <tr>
        <th scope="col" className={table.head}>
          {name}
        </th>
        {figures.map((figure) => (
          <th key={figure} scope="col" className={table.headFigure}>
            {figure}
          </th>
        ))}
      </tr>
    </thead>
  )
}
