/** The last request that a receiver refused: why an exporter's data doesn't arrive. */

import { IconAlertTriangle } from '@tabler/icons-react'
import { useIngestDetails } from '../../client/ingest-details.ts'
import { exactInstant, formatAge, formatCount } from '../../ui/format.ts'
import { printableLine } from '../../ui/printable.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './last-refusal.module.css'

/** Shown at all only when there was one; a failed question is left to the next second. */
export function LastRefusal() {
  const { data } = useIngestDetails()
  const now = useNow()
  const refusal = data?.refusals[0]
  return (
    <div role="status">
      {refusal === undefined ? null : (
        <div className={styles.note}>
          <IconAlertTriangle size={16} className={styles.icon} aria-hidden="true" />
          <div className={styles.text}>
            <p>
              <strong>An exporter was refused</strong>{' '}
              <span title={exactInstant(refusal.atUnixNano)}>{formatAge(refusal.atUnixNano, now)}</span>:{' '}
              {refusal.transport === 'grpc' ? 'gRPC' : 'HTTP'} {refusal.status} for{' '}
              <span className="mono">{printableLine(refusal.target, 120)}</span>
              {refusal.count > 1 ? `, ${formatCount(refusal.count)} times` : ''}
            </p>
            <p>{printableLine(refusal.message, 600)}</p>
            {refusal.sender === '' ? null : (
              <p className={styles.sender}>
                Sent by {printableLine(refusal.sender, 160)}. All refusals stand under Ingest, top right.
              </p>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
