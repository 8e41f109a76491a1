/** One row of the Traces table. */

import { IconAlertCircle, IconNote } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import { formatQuantity } from '../../ui/format.ts'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { ShareBar } from '../../ui/share-bar.tsx'
import type { TraceRow } from './traces-rows.ts'
import styles from './traces-table.module.css'

export interface TraceTableRowProps {
  readonly id: string
  readonly row: TraceRow
  /** Length of the duration bar, 0 to 1. */
  readonly share: number
  /** On it and on its spans. */
  readonly noteCount: number
  readonly index: number
  readonly isActive: boolean
  /** Where Tab enters the table while no row is active. */
  readonly isEntry: boolean
  readonly onActivate: (traceId: string) => void
  readonly onOpen: (traceId: string) => void
}

export const TraceTableRow = memo(function TraceTableRow(props: TraceTableRowProps) {
  const { id, row, share, noteCount, index, isActive, isEntry, onActivate, onOpen } = props

  function onClick(event: MouseEvent) {
    // A click with a modifier, on the link, or at the end of selecting text is not ours.
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    if (getSelection()?.isCollapsed === false) return
    onOpen(row.traceId)
  }

  return (
    <tr
      id={id}
      className={styles.row}
      aria-rowindex={index + 2}
      data-active={isActive || undefined}
      tabIndex={isActive || isEntry ? 0 : -1}
      onClick={onClick}
      onFocus={(event) => {
        if (!isActive && event.currentTarget.matches(':focus-visible')) onActivate(row.traceId)
      }}
    >
      <td className={`${styles.start} mono`} title={row.exactStart}>
        {row.start}
      </td>
      <td className={styles.root}>
        <span className={styles.rootCell}>
          <span className={styles.rootService}>
            <ServiceLabel name={row.rootService} />
          </span>
          <Link to="/traces/$traceId" params={{ traceId: row.traceId }} tabIndex={-1} className={styles.operation}>
            {row.rootOperation}
          </Link>
          {noteCount === 0 ? null : (
            <span className={styles.noted} title={formatQuantity(noteCount, 'note')}>
              <IconNote size={13} role="img" aria-label={formatQuantity(noteCount, 'note')} />
            </span>
          )}
          {row.rootReceived ? null : (
            <span className={styles.rootless} title="Every span received so far names a parent that has not arrived">
              root not received
            </span>
          )}
        </span>
      </td>
      <td className={styles.duration} title={row.exactDuration}>
        <span className={styles.durationCell}>
          <ShareBar share={share} isError={row.hasErrors} className={styles.share} />
          <span className={styles.durationText}>{row.duration}</span>
        </span>
      </td>
      <td className={styles.count}>{row.spans}</td>
      <td className={styles.count}>
        {row.hasErrors ? (
          <span className={styles.errors}>
            <IconAlertCircle size={13} aria-hidden="true" />
            {row.errors}
          </span>
        ) : (
          <span className="faint">0</span>
        )}
      </td>
      <td className={styles.services} title={row.allServices}>
        <span className={styles.servicesCell}>
          <span className={styles.serviceCount}>{row.serviceCount}</span>
          {row.services.map((name) => (
            <ServiceLabel key={name} name={name} />
          ))}
        </span>
      </td>
    </tr>
  )
})
