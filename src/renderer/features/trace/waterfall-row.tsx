/** One row of the waterfall: the span in the tree, its bar and marks, its duration. Drawn often: plain elements only. */

import { memo } from 'react'
import { RowFlag } from '#shared/contract/waterfall.ts'
import { exactDuration, formatCount, formatDuration, formatQuantity } from '../../ui/format.ts'
import { serviceColor } from '../../ui/service-color.ts'
import { cellRole, rowRole } from './grid-roles.ts'
import { eventMarks, type LaneMark } from './lane-marks.ts'
import { isMissingParent, spanKeyAt } from './span-index.ts'
import { barAt, indentPx, placeMarks, type TimeWindow } from './trace-geometry.ts'
import { errorsBelow, isError, operationLabel, serviceAt, serviceLabel, type TraceModel } from './trace-model.ts'
import { isUnusual, rowWarnings } from './trace-warnings.ts'
import styles from './waterfall-row.module.css'

export const rowHeightPx = 26

export interface WaterfallRowProps {
  readonly model: TraceModel
  readonly row: number
  /** Among the visible rows. */
  readonly position: number
  readonly view: TimeWindow
  /** Depth that stands at the left edge. */
  readonly baseDepth: number
  readonly nameWidth: number
  readonly selected: boolean
  /** `undefined` where nothing can be folded. */
  readonly folded: boolean | undefined
  readonly match: 'none' | 'match' | 'current' | 'context'
  readonly logMarks: readonly LaneMark[] | undefined
  /** Its notes as one text. */
  readonly note: string | undefined
}

export function rowDomId(row: number): string {
  return `span-row-${row}`
}

export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { model, row, position, selected, folded, match, view } = props
  const { columns } = model
  const error = isError(model, row)
  const missing = isMissingParent(columns, row)
  const duration = columns.duration[row] ?? 0
  return (
    <div
      {...rowRole({
        index: position,
        selected,
        expanded: folded === undefined ? undefined : !folded,
        level: (columns.depth[row] ?? 0) - props.baseDepth + 1,
      })}
      id={rowDomId(row)}
      data-row={row}
      data-span={spanKeyAt(columns, row)}
      data-match={match}
      className={`${styles.row} ${selected ? styles.selected : ''} ${missing ? styles.missing : ''} ${error ? styles.error : ''}`}
      style={{ transform: `translateY(${position * rowHeightPx}px)` }}
    >
      <NameCell {...props} error={error} missing={missing} />
      <div {...cellRole} className={styles.lane}>
        <Lane
          model={model}
          row={row}
          view={view}
          missing={missing}
          folded={folded === true}
          logMarks={props.logMarks}
        />
      </div>
      <div {...cellRole} className={styles.duration} title={exactDuration(duration)}>
        {missing ? '' : formatDuration(duration)}
      </div>
    </div>
  )
})

type NameCellProps = WaterfallRowProps & { readonly error: boolean; readonly missing: boolean }

function NameCell({ model, row, baseDepth, nameWidth, folded, error, missing, note }: NameCellProps) {
  const { columns } = model
  const service = serviceAt(model, row)
  const operation = operationLabel(model, row)
  const depth = (columns.depth[row] ?? 0) - baseDepth
  const indent = indentPx(depth, nameWidth)
  const flags = columns.flags[row] ?? 0
  const warnings = rowWarnings(flags)
  return (
    <div {...cellRole} className={styles.name} style={{ paddingLeft: 8 + indent.px }}>
      {folded === undefined ? (
        <span className={styles.twisty} />
      ) : (
        <span className={styles.twisty} data-twisty="" aria-hidden="true">
          {folded ? '▸' : '▾'}
        </span>
      )}
      {indent.capped ? (
        <span className={styles.depth} title={`Level ${formatCount(depth + 1)}`}>
          {formatCount(depth + 1)}
        </span>
      ) : null}
      {missing ? (
        <>
          <span className={styles.hollow} aria-hidden="true" />
          <span className={styles.missingName}>missing parent</span>
        </>
      ) : (
        <>
          <span className={styles.mark} style={{ background: serviceColor(service) }} aria-hidden="true" />
          <span className={styles.service}>{serviceLabel(model, row)}</span>
          <span className={styles.operation} title={`${serviceLabel(model, row)} ${operation}`}>
            {operation}
          </span>
        </>
      )}
      {note === undefined ? null : (
        <span className={styles.noted} role="img" aria-label={`Note: ${note}`} title={note}>
          ✎
        </span>
      )}
      {folded === true ? <Inside model={model} row={row} /> : null}
      {warnings.length > 0 ? (
        <span
          className={isUnusual(flags) ? styles.warning : styles.notice}
          role="img"
          aria-label={warnings.map(({ title }) => title).join(', ')}
          title={warnings.map(({ title, text }) => `${title}: ${text}`).join('\n')}
        >
          !
        </span>
      ) : null}
      {error ? <span className={styles.badge}>error</span> : null}
    </div>
  )
}

/** What a folded row hides. */
function Inside({ model, row }: { readonly model: TraceModel; readonly row: number }) {
  const below = model.columns.descendants[row] ?? 0
  const errors = errorsBelow(model, row)
  return (
    <span className={styles.inside} title={`${formatQuantity(below, 'span')} folded`}>
      +{formatCount(below)}
      {errors > 0 ? (
        <span className={styles.insideErrors}>
          {formatCount(errors)} {errors === 1 ? 'error' : 'errors'}
        </span>
      ) : null}
    </span>
  )
}

interface LaneProps {
  readonly model: TraceModel
  readonly row: number
  readonly view: TimeWindow
  readonly missing: boolean
  readonly folded: boolean
  readonly logMarks: readonly LaneMark[] | undefined
}

const noMarks: readonly LaneMark[] = []

function Lane({ model, row, view, missing, folded, logMarks }: LaneProps) {
  const { columns } = model
  const flags = columns.flags[row] ?? 0
  const bar = barAt(view, columns.start[row] ?? 0, columns.duration[row] ?? 0)
  const marks = placeMarks(view, [...eventMarks(model, row), ...(logMarks ?? noMarks)])
  return (
    <>
      {typeof bar === 'string' ? (
        <span className={bar === 'before' ? styles.before : styles.after} aria-hidden="true">
          {bar === 'before' ? '‹' : '›'}
        </span>
      ) : (
        <span
          className={`${styles.bar} ${missing ? styles.missingBar : ''} ${flags & RowFlag.negativeDuration ? styles.negative : ''} ${folded ? styles.foldedBar : ''}`}
          data-cut={`${bar.cutLeft ? 'left ' : ''}${bar.cutRight ? 'right' : ''}`}
          style={{
            left: `min(${bar.left}%, 100% - 2px)`,
            width: `${bar.width}%`,
            ...(missing ? {} : { backgroundColor: serviceColor(serviceAt(model, row)) }),
          }}
        />
      )}
      {marks.map(({ left, mark, count }) => (
        <span
          key={`${left} ${mark.kind}`}
          className={`${styles.tick} ${styles[mark.kind]} ${styles[mark.tone]}`}
          style={{ left: `${left}%` }}
          title={markTitle(mark, count)}
        />
      ))}
    </>
  )
}

const markNames: Readonly<Record<LaneMark['kind'], Readonly<Record<LaneMark['tone'], string>>>> = {
  event: { plain: 'Event', warn: 'Event', error: 'Exception' },
  log: { plain: 'Log', warn: 'Warning in the log', error: 'Error in the log' },
}

function markTitle(mark: LaneMark, count: number): string {
  const more = count > 1 ? ` and ${formatCount(count - 1)} more here` : ''
  return `${markNames[mark.kind][mark.tone]} at +${formatDuration(mark.offsetNs)}${more}`
}
