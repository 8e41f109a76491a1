/** One operation of the table: its figures, and the ways to its charts and its traces. */

import { ActionIcon } from '@mantine/core'
import { IconTimelineEvent } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { SpanView } from '#shared/contract/overview.ts'
import { Sparkline } from '../../ui/chart/sparkline.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { ShareBar } from '../../ui/share-bar.tsx'
import { ApdexCell } from './apdex-cell.tsx'
import styles from './operations.module.css'
import type { Figure, OperationRow } from './operations-rows.ts'

const sparkWidth = 96
const sparkHeight = 20

export interface OperationTableRowProps {
  readonly row: OperationRow
  readonly index: number
  readonly view: SpanView
  readonly largestShare: number
  /** The charts are about this one. */
  readonly isChosen: boolean
  readonly onChoose: (key: string) => void
}

export function OperationTableRow({ row, index, view, largestShare, isChosen, onChoose }: OperationTableRowProps) {
  return (
    <tr
      className={styles.row}
      aria-rowindex={index + 2}
      data-chosen={isChosen || undefined}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, [role=dialog]') !== null) return
        onChoose(row.key)
      }}
    >
      <td>
        <ServiceLabel name={row.service} />
      </td>
      <td>
        <button
          type="button"
          className={styles.operation}
          aria-pressed={isChosen}
          title={isChosen ? 'Show all operations again' : `Narrow the charts to ${row.operationText}`}
          onClick={() => onChoose(row.key)}
        >
          {row.operationText}
        </button>
      </td>
      <td className={styles.quiet}>{row.kind}</td>
      <FigureCell figure={row.rate} />
      <FigureCell figure={row.errors} className={row.hasErrors ? styles.bad : styles.quiet} />
      <FigureCell figure={row.p50} className={row.isFew ? styles.few : undefined} />
      <FigureCell figure={row.p95} className={row.isFew ? styles.few : undefined} />
      <FigureCell figure={row.p99} className={row.isFew ? styles.few : styles.strong} />
      <td className={styles.number}>
        <ApdexCell row={row} />
      </td>
      <td>
        <span className={styles.shareCell} title={`${row.shareText} of the time all listed operations took together`}>
          <ShareBar share={largestShare > 0 ? row.share / largestShare : 0} />
          <span className={styles.shareText}>{row.shareText}</span>
        </span>
      </td>
      <td>
        <Sparkline values={row.history} width={sparkWidth} height={sparkHeight} />
      </td>
      <td>
        <ActionIcon
          size={22}
          aria-label={`Traces of ${row.operationText}`}
          title="Its traces"
          renderRoot={(root) => (
            <Link {...root} to="/traces" search={{ of: view, service: row.service, operation: row.operation }} />
          )}
        >
          <IconTimelineEvent size={15} stroke={1.6} />
        </ActionIcon>
      </td>
    </tr>
  )
}

function FigureCell({ figure, className }: { readonly figure: Figure; readonly className?: string | undefined }) {
  return (
    <td className={`${styles.number} ${className ?? ''}`} title={figure.hint}>
      {figure.text}
    </td>
  )
}
