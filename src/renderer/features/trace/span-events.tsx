/** A span's events in order of time; exceptions with their stack trace, which folds away. */

import type { SpanDetails } from '#shared/contract/traces.ts'
import { AttributeTable } from '../../ui/attribute-table.tsx'
import { Exception } from '../../ui/exception.tsx'
import { exceptionFields, otherAttributes } from '../../ui/exception-fields.ts'
import { exactInstant, formatDuration, formatQuantity } from '../../ui/format.ts'
import { printableLine } from '../../ui/printable.ts'
import styles from './span-events.module.css'

export interface SpanEventsProps {
  readonly events: SpanDetails['events']
  readonly traceStart: bigint
}

/** Further events open folded: a span with a thousand of them stays usable. */
const openAtMost = 5

export function SpanEvents({ events, traceStart }: SpanEventsProps) {
  // Events have no id of their own, and never move.
  const numbered = events.map((event, id) => ({ id, event }))
  return (
    <ol className={styles.list}>
      {numbered.map(({ id, event }) => (
        <Event key={id} event={event} traceStart={traceStart} open={id < openAtMost} />
      ))}
    </ol>
  )
}

interface EventProps {
  readonly event: SpanDetails['events'][number]
  readonly traceStart: bigint
  readonly open: boolean
}

function Event({ event, traceStart, open }: EventProps) {
  const exception = exceptionFields(event.attributes)
  const others = exception ? otherAttributes(event.attributes) : event.attributes
  const offset = Number(BigInt(event.timeUnixNano) - traceStart)
  const isEmpty = !exception && Object.keys(others).length === 0 && event.droppedAttributesCount === 0
  const head = (
    <>
      <span className={styles.time} title={exactInstant(event.timeUnixNano)}>
        {offset < 0 ? '' : '+'}
        {formatDuration(offset)}
      </span>
      <span className={exception ? styles.exceptionName : styles.name}>{printableLine(event.name, 300)}</span>
      {exception ? <span className={styles.type}>{printableLine(exception.type, 300)}</span> : null}
    </>
  )
  if (isEmpty) return <li className={styles.plain}>{head}</li>
  return (
    <li>
      <details open={open}>
        <summary className={styles.summary}>{head}</summary>
        <div className={styles.body}>
          {exception ? <Exception {...exception} /> : null}
          {Object.keys(others).length > 0 ? (
            <AttributeTable attributes={others} label={`Event ${printableLine(event.name, 300)}`} />
          ) : null}
          {event.droppedAttributesCount > 0 ? (
            <p className="faint">
              {formatQuantity(event.droppedAttributesCount, 'more attribute')} dropped by the SDK.
            </p>
          ) : null}
        </div>
      </details>
    </li>
  )
}
