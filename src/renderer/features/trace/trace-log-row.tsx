/** One log of the trace: a line, and opened its attributes and exception. */

import { memo } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import { severityLevel } from '#shared/model/severity.ts'
import { AttributeTable } from '../../ui/attribute-table.tsx'
import { attributeText } from '../../ui/attribute-text.ts'
import { Exception } from '../../ui/exception.tsx'
import { exceptionFields, otherAttributes } from '../../ui/exception-fields.ts'
import { exactInstant, formatClock, formatDuration } from '../../ui/format.ts'
import { logLine } from '../../ui/log-line.ts'
import { LongText } from '../../ui/long-text.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { cellRole, rowRole } from './grid-roles.ts'
import { severityTone } from './lane-marks.ts'
import styles from './trace-logs.module.css'

export interface TraceLogRowProps {
  readonly log: Log
  readonly index: number
  /** Where it stands in the list, px. */
  readonly top: number
  readonly measure: (element: HTMLElement | null) => void
  readonly traceStart: bigint
  readonly open: boolean
  readonly active: boolean
  /** Belongs to the selected span. */
  readonly ofSelected: boolean
}

export const logLineHeightPx = 24

export function logDomId(id: number): string {
  return `trace-log-${id}`
}

export const TraceLogRow = memo(function TraceLogRow(props: TraceLogRowProps) {
  const { log, index, top, measure, traceStart, open, active, ofSelected } = props
  const level = severityLevel(log.severityNumber)
  const offset = Number(BigInt(log.timeUnixNano) - traceStart)
  return (
    <div
      {...rowRole({ index, selected: active, expanded: open, level: 1 })}
      ref={measure}
      id={logDomId(log.id)}
      data-index={index}
      data-log={log.id}
      className={`${styles.log} ${styles[severityTone(level)]} ${active ? styles.active : ''} ${ofSelected ? styles.ofSelected : ''}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div {...cellRole} className={styles.twisty} data-open="">
        <span aria-hidden="true">{open ? '▾' : '▸'}</span>
      </div>
      <div {...cellRole} className={styles.time} title={exactInstant(log.timeUnixNano)}>
        {formatClock(log.timeUnixNano)}
      </div>
      <div {...cellRole} className={styles.offset}>
        {offset < 0 ? '' : '+'}
        {formatDuration(offset)}
      </div>
      <div {...cellRole}>
        <SeverityMark level={level} text={log.severityText} />
      </div>
      <div {...cellRole} className={styles.service}>
        <ServiceLabel name={log.serviceName} />
      </div>
      <div {...cellRole} className={styles.body}>
        {logLine(log).text}
      </div>
      {open ? <Opened log={log} /> : null}
    </div>
  )
})

function Opened({ log }: { readonly log: Log }) {
  const exception = exceptionFields(log.attributes)
  const attributes = exception ? otherAttributes(log.attributes) : log.attributes
  const body = log.body === null || log.body === undefined ? '' : attributeText(log.body)
  return (
    <div {...cellRole} className={styles.opened} data-opened="">
      {body === '' ? null : (
        <div className={styles.fullBody}>
          <LongText text={body} maxCharacters={4_000} />
        </div>
      )}
      {exception ? <Exception {...exception} /> : null}
      {Object.keys(attributes).length > 0 ? (
        <AttributeTable attributes={attributes} label="Log attributes" />
      ) : exception ? null : (
        <p className={styles.none}>No attributes were sent with this log.</p>
      )}
    </div>
  )
}
