/** What comes in and where, in a pill; a click opens the details. */

import { Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Status } from '#shared/contract/status.ts'
import { useConnectionState } from '../../client/connection.ts'
import { useStatus } from '../../client/live.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatAge, formatBytes, formatCount, formatRate } from '../../ui/format.ts'
import styles from './ingest-status.module.css'
import { ingestParts, lossText, stateWords } from './ingest-text.ts'
import bar from './top-bar.module.css'

const dots: Readonly<Record<Status['state'], string | undefined>> = {
  receiving: bar.ok,
  idle: undefined,
  paused: bar.warn,
}

export function IngestStatus() {
  const status = useStatus()
  const connection = useConnectionState()
  const [isOpen, setOpen] = useState(false)
  const lost = status === undefined ? undefined : lossText(status)
  const isLive = connection === 'connected' && status !== undefined
  return (
    // A rate that changes twice a second must not be read out each time.
    <div role="status" aria-label="Ingest" aria-live="off">
      <Popover
        opened={isOpen && status !== undefined}
        onChange={setOpen}
        position="bottom-end"
        width={420}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button type="button" className={styles.pill} onClick={() => setOpen(!isOpen)}>
            <span
              aria-hidden="true"
              className={`${bar.dot} ${isLive ? (dots[status.state] ?? '') : bar.warn} ${status?.problem == null ? '' : bar.error}`}
            />
            {isLive ? (
              <>
                {status.state === 'receiving' ? <span className="visually-hidden">Receiving, </span> : null}
                {ingestParts(status).map((part, index) => (
                  <span key={part} className={index > 0 && index < 3 ? styles.port : styles.part}>
                    {part}
                  </span>
                ))}
                {lost === undefined ? null : <span className={styles.lost}>{lost}</span>}
              </>
            ) : (
              <span>{connection === 'reconnecting' ? 'Reconnecting…' : 'Connecting…'}</span>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Ingest details" className={styles.panel}>
          {status === undefined ? null : <IngestDetails status={status} onLeave={() => setOpen(false)} />}
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

interface IngestDetailsProps {
  readonly status: Status
  readonly onLeave: () => void
}

function IngestDetails({ status, onLeave }: IngestDetailsProps) {
  const { counts, rates, receivers, database, losses } = status
  return (
    <>
      <dl className={styles.facts}>
        <dt>State</dt>
        <dd>
          {stateWords[status.state]}
          {status.newestUnixNano === null ? null : (
            <span className="faint"> · newest data {formatAge(status.newestUnixNano)}</span>
          )}
        </dd>
        <dt>Spans</dt>
        <dd>
          {formatRate(rates.spans)}{' '}
          <span className="faint">
            · {formatCount(counts.spans)} in {formatCount(counts.traces)} traces
          </span>
        </dd>
        <dt>Logs</dt>
        <dd>
          {formatRate(rates.logs)} <span className="faint">· {formatCount(counts.logs)} records</span>
        </dd>
        {counts.points === 0 ? null : (
          <>
            <dt>Metrics</dt>
            <dd>
              {formatRate(rates.points)} <span className="faint">· {formatCount(counts.points)} points</span>
            </dd>
          </>
        )}
        <dt>OTLP/gRPC</dt>
        <dd className={styles.copied}>
          <span className="mono ellipsis">{receivers.grpc}</span>
          <CopyButton text={receivers.grpc} label="Copy OTLP/gRPC endpoint" />
        </dd>
        <dt>OTLP/HTTP</dt>
        <dd className={styles.copied}>
          <span className="mono ellipsis">{receivers.http}</span>
          <CopyButton text={receivers.http} label="Copy OTLP/HTTP endpoint" />
        </dd>
        <dt>Database</dt>
        <dd>
          {formatBytes(database.bytes)}
          <span className={styles.copied}>
            <span className={`mono ${styles.path}`}>{database.path}</span>
            <CopyButton text={database.path} label="Copy database path" />
          </span>
        </dd>
        <dt>Version</dt>
        <dd>{status.version}</dd>
      </dl>
      <h3 className={styles.heading}>Losses</h3>
      {losses.length === 0 ? (
        <p className={styles.none}>Nothing was rejected or pruned.</p>
      ) : (
        <table className={styles.losses}>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">Reason</th>
              <th scope="col">Records</th>
            </tr>
          </thead>
          <tbody>
            {losses.map((loss) => (
              <tr key={`${loss.signal} ${loss.reason}`}>
                <td>{loss.signal}</td>
                <td>{loss.reason}</td>
                <td>{formatCount(loss.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.foot}>
        <Link to="/connect" onClick={onLeave}>
          Connect a service
        </Link>
      </p>
    </>
  )
}
