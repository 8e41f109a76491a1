/** What has arrived so far: waiting for the first, or counts; and what arrived but could not be kept. */

import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Counts } from '#shared/contract/health.ts'
import type { Status } from '#shared/contract/status.ts'
import { formatQuantity } from '../../ui/format.ts'
import styles from './arrivals.module.css'
import { newLosses } from './new-losses.ts'

export function Arrivals({ status }: { readonly status: Status }) {
  const [before] = useState(status.losses)
  const lost = newLosses(before, status.losses)
  const { spans, logs } = status.counts
  const received = receivedText(status.counts)
  return (
    <div className={styles.arrivals} role="status">
      {received === '' ? null : (
        <div className={styles.line}>
          <span className={styles.there} aria-hidden="true" />
          <span>
            {received} received.{' '}
            {spans > 0 ? <Link to="/traces">Show traces</Link> : logs > 0 ? <Link to="/logs">Show logs</Link> : null}
          </span>
        </div>
      )}
      {spans + logs === 0 ? (
        <div className={styles.line}>
          <span className={styles.pulse} aria-hidden="true" />
          Waiting for the first span or log…
        </div>
      ) : null}
      {lost.map(({ signal, reason, count }) => (
        <div key={`${signal} ${reason}`} className={styles.lost}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          <span>
            Something arrives but can't be kept: {formatQuantity(count, recordName(signal))}, {reason}
          </span>
        </div>
      ))}
    </div>
  )
}

function receivedText({ spans, traces, logs, points }: Counts): string {
  return [
    spans === 0 ? [] : `${formatQuantity(spans, 'span')} in ${formatQuantity(traces, 'trace')}`,
    logs === 0 ? [] : formatQuantity(logs, 'log record'),
    points === 0 ? [] : formatQuantity(points, 'metric point'),
  ]
    .flat()
    .join(', ')
}

function recordName(signal: string): string {
  return signal === 'traces' ? 'span' : signal === 'logs' ? 'log record' : signal === 'metrics' ? 'point' : 'record'
}
