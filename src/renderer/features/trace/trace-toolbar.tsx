/** The line above the minimap: what the waterfall is narrowed to, errors, find, folds, zoom and help. */

import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowsDiagonalMinimize2,
  IconArrowsMaximize,
  IconChevronDown,
  IconChevronUp,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconX,
  IconZoomReset,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatCount, formatDuration, formatQuantity } from '../../ui/format.ts'
import { FindBar, type FindBarProps } from './find-bar.tsx'
import { type TimeWindow, windowLength } from './trace-geometry.ts'
import styles from './trace-toolbar.module.css'

export interface TraceToolbarProps {
  readonly errorCount: number
  /** Which error is selected, from 1; 0 for none. */
  readonly errorOrdinal: number
  readonly onError: (step: 1 | -1) => void
  readonly find: FindBarProps
  readonly canFold: boolean
  readonly onFoldAll: (folded: boolean) => void
  readonly view: TimeWindow
  readonly zoomed: boolean
  readonly onResetZoom: () => void
  /** The operation the waterfall is narrowed to. */
  readonly focus: string | undefined
  readonly onLeaveFocus: () => void
  readonly detailsShown: boolean
  readonly onDetails: () => void
  readonly onHelp: () => void
}

export function TraceToolbar(props: TraceToolbarProps) {
  const { errorCount, errorOrdinal, view } = props
  return (
    <div className={styles.toolbar}>
      {props.focus === undefined ? null : (
        <span className={styles.chip}>
          Only <b>{props.focus}</b> and below
          <ActionIcon aria-label="Leave focus" onClick={props.onLeaveFocus} size={18}>
            <IconX size={13} />
          </ActionIcon>
        </span>
      )}
      {props.zoomed ? (
        <span className={styles.window}>
          Window {formatDuration(windowLength(view))} at +{formatDuration(view.start)}
        </span>
      ) : null}
      <span className={styles.space} />
      {errorCount === 0 ? (
        <span className={styles.noErrors}>{props.focus === undefined ? 'No errors' : 'No errors here'}</span>
      ) : (
        <span className={styles.errors}>
          {errorOrdinal > 0
            ? `Error ${formatCount(errorOrdinal)} of ${formatCount(errorCount)}`
            : formatQuantity(errorCount, 'error')}
          <IconAction label="Previous error" hint="[" onClick={() => props.onError(-1)}>
            <IconChevronUp size={15} />
          </IconAction>
          <IconAction label="Next error" hint="]" onClick={() => props.onError(1)}>
            <IconChevronDown size={15} />
          </IconAction>
        </span>
      )}
      <FindBar {...props.find} />
      <span className={styles.group}>
        <IconAction label="Fold all" disabled={!props.canFold} onClick={() => props.onFoldAll(true)}>
          <IconArrowsDiagonalMinimize2 size={15} />
        </IconAction>
        <IconAction label="Expand all" disabled={!props.canFold} onClick={() => props.onFoldAll(false)}>
          <IconArrowsMaximize size={15} />
        </IconAction>
        <IconAction label="Reset zoom" hint="0" disabled={!props.zoomed} onClick={props.onResetZoom}>
          <IconZoomReset size={15} />
        </IconAction>
        <IconAction
          label={props.detailsShown ? 'Hide span details' : 'Show span details'}
          hint="Enter"
          onClick={props.onDetails}
        >
          <IconLayoutSidebarRight size={15} />
        </IconAction>
        <IconAction label="Keyboard help" hint="?" onClick={props.onHelp}>
          <IconKeyboard size={16} />
        </IconAction>
      </span>
    </div>
  )
}

interface IconActionProps {
  readonly label: string
  readonly hint?: string
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function IconAction({ label, hint, disabled = false, onClick, children }: IconActionProps) {
  return (
    <Tooltip
      label={
        <>
          {label} {hint === undefined ? null : <span className="kbd">{hint}</span>}
        </>
      }
    >
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick} size={24}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
