/** One log of the trace: a line, and opened its attributes and exception. */

import { memo } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import { severityLevel } from '#shared/model/severity.ts'
import { attributeText } from '../../ui/attributes.tsx'
import { Exception } from '../../ui/exception.tsx'
import { exactInstant, formatClock, formatDuration } from '../../ui/format.ts'
import { LongText } from '../../ui/long-text.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { AttributeTable } from './attribute-table.tsx'
import { exceptionFields, otherAttributes } from './exception-fields.ts'
import { severityTone } from './lane-marks.ts'
import { logLine } from './trace-log-rows.ts'
import styles from './trace-logs.module.css'

export interface TraceLogRowProps {
  readonly log: Log
  readonly index: number
  readonly traceStart: bigint
  readonly open: boolean
  readonly active: boolean
  /** Belongs to the selected span. */
  readonly ofSelected: boolean
}

export function logDomId(id: number): string {
  return `trace-log-${id}`
}

export const TraceLogRow = memo(function TraceLogRow(props: TraceLogRowProps) {
  const { log, index, traceStart, open, active, ofSelected } = props
  const level = severityLevel(log.severityNumber)
  const offset = Number(BigInt(log.timeUnixNano) - traceStart)
  return (
    <div
      id={logDomId(log.id)}
      role="row"
      aria-rowindex={index + 1}
      aria-expanded={open}
      aria-selected={active}
      data-log={log.id}
      className={`${styles.log} ${styles[severityTone(level)]} ${active ? styles.active : ''} ${ofSelected ? styles.ofSelected : ''}`}
    >
      <div className={styles.line} role="presentation" data-line="">
        <span role="gridcell" className={styles.twisty} data-open="" aria-label={open ? 'Opened' : 'Closed'}>
          {open ? '▾' : '▸'}
        </span>
        <span role="gridcell" className={styles.time} title={exactInstant(log.timeUnixNano)}>
          {formatClock(log.timeUnixNano)}
        </span>
        <span role="gridcell" className={styles.offset}>
          {offset < 0 ? '' : '+'}
          {formatDuration(offset)}
        </span>
        <span role="gridcell">
          <SeverityMark level={level} text={log.severityText} />
        </span>
        <span role="gridcell" className={styles.service}>
          <ServiceLabel name={log.serviceName} />
        </span>
        <span role="gridcell" className={styles.body}>
          {logLine(log)}
        </span>
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
    <div role="gridcell" className={styles.opened}>
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
