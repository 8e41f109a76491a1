/** The lines of a chart as a table, ranked: what each was at last, at least, on average and at most. */

import { type MouseEvent, memo, useState } from 'react'
import table from '../../ui/data-table.module.css'
import { formatCount, formatQuantity } from '../../ui/format.ts'
import { useHeldOrder } from '../../ui/held-order.ts'
import { TableHead } from '../../ui/table-head.tsx'
import type { Unit } from '../../ui/unit.ts'
import styles from './legend-table.module.css'
import type { LineStats, MetricLine } from './metric-lines.ts'

const figures = ['last', 'min', 'mean', 'max'] as const satisfies readonly (keyof LineStats)[]

export interface LegendTableProps {
  /** What a line is, for the head: the keys grouped by. */
  readonly title: string
  readonly lines: readonly MetricLine[]
  readonly unit: Unit
  /** Ids of the lines on show alone; empty while all are. */
  readonly only: readonly string[]
  readonly onChoose: (id: string, isAdding: boolean) => void
  readonly onHover: (id: string | undefined) => void
}

export const LegendTable = memo(function LegendTable({
  title,
  lines,
  unit,
  only,
  onChoose,
  onHover,
}: LegendTableProps) {
  const canChoose = lines.length > 1
  const [isHeld, setHeld] = useState(false)
  const byId = new Map(lines.map((line) => [line.id, line]))
  // Other groups are the answer to another question.
  const order = useHeldOrder([...byId.keys()], JSON.stringify([title, [...byId.keys()].sort()]), isHeld)
  const hasSeries = lines.some(({ group }) => group.seriesCount > 1)
  return (
    <div className={styles.scroller}>
      <table
        className={table.table}
        aria-label="Groups"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => {
          setHeld(false)
          onHover(undefined)
        }}
      >
        <TableHead name={title} figures={[...(hasSeries ? ['Series'] : []), 'Last', 'Min', 'Mean', 'Max']} />
        <tbody>
          {order
            .flatMap((id) => byId.get(id) ?? [])
            .map((line) => (
              <tr
                key={line.id}
                className={styles.row}
                data-off={(only.length > 0 && !only.includes(line.id)) || undefined}
                onPointerEnter={() => onHover(line.id)}
              >
                <th scope="row" className={table.name}>
                  {canChoose ? (
                    <button
                      type="button"
                      className={styles.line}
                      aria-pressed={only.includes(line.id)}
                      title={`${line.name}\n${only.length === 1 && only[0] === line.id ? 'Show all' : 'Show alone'}; with Ctrl or Shift together with others`}
                      onClick={(event: MouseEvent) =>
                        onChoose(line.id, event.ctrlKey || event.metaKey || event.shiftKey)
                      }
                      onFocus={() => onHover(line.id)}
                      onBlur={() => onHover(undefined)}
                    >
                      <Label line={line} />
                    </button>
                  ) : (
                    <span className={styles.line} title={line.name}>
                      <Label line={line} />
                    </span>
                  )}
                </th>
                {hasSeries ? <td className={table.figure}>{formatCount(line.group.seriesCount)}</td> : null}
                {figures.map((figure) => (
                  <Figure key={figure} value={line.stats?.[figure]} unit={unit} />
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
})

function Label({ line }: { readonly line: MetricLine }) {
  return (
    <>
      <i
        className={styles.key}
        data-dashed={line.isDashed || undefined}
        style={{ color: line.color }}
        aria-hidden="true"
      />
      <span className={styles.name}>{line.name}</span>
      {line.stats === undefined ? <span className={styles.none}>no values</span> : null}
      {line.group.seriesCount > 1 ? (
        <span className="visually-hidden">{formatQuantity(line.group.seriesCount, 'series', 'series')}</span>
      ) : null}
    </>
  )
}

function Figure({ value, unit }: { readonly value: number | undefined; readonly unit: Unit }) {
  return (
    <td className={table.figure} title={value === undefined ? undefined : unit.exact(value)}>
      {value === undefined ? '–' : unit.format(value)}
    </td>
  )
}
