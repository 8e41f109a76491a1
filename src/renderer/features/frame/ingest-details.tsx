/** What comes in by signal and service, what waits, what was lost, and which requests were refused and why. */

import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import type { IngestDetails as Details, Status } from '#shared/contract/status.ts'
import { useIngestDetails } from '../../client/ingest-details.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import table from '../../ui/data-table.module.css'
import { formatAge, formatBytes, formatCount, formatMinute, formatQuantity } from '../../ui/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './ingest-details.module.css'
import { lossLines, rateRows, rateTexts } from './ingest-rows.ts'
import { stateWords } from './ingest-text.ts'
import { RefusalList } from './refusal-list.tsx'

export interface IngestDetailsProps {
  readonly status: Status
  /** Called when a link leads away. */
  readonly onLeave: () => void
}

export function IngestDetails({ status, onLeave }: IngestDetailsProps) {
  const details = useIngestDetails()
  return (
    <>
      <Facts status={status} queue={details.data?.queue} />
      <Loaded query={details} rows={6} label="Loading ingest details">
        {(data) => (
          <>
            <Part title="Refused requests">
              <RefusalList refusals={data.refusals} />
            </Part>
            <Rates status={status} services={data.services} />
            <Losses status={status} minutes={data.losses} />
          </>
        )}
      </Loaded>
      <p className={styles.foot}>
        <Link to="/connect" onClick={onLeave}>
          Connect a service
        </Link>
        <Link to="/settings" hash="losses" onClick={onLeave}>
          Losses by time
        </Link>
        <Link to="/settings" hash="receivers" onClick={onLeave}>
          Change ports
        </Link>
      </p>
    </>
  )
}

function Facts({ status, queue }: { readonly status: Status; readonly queue: Details['queue'] | undefined }) {
  const { receivers, database } = status
  const now = useNow()
  return (
    <dl className={styles.facts}>
      <dt>State</dt>
      <dd>
        {stateWords[status.state]}
        {status.newestUnixNano === null ? null : (
          <span className="faint"> · newest data {formatAge(status.newestUnixNano, now)}</span>
        )}
      </dd>
      {(
        [
          ['OTLP/gRPC', receivers.grpc],
          ['OTLP/HTTP', receivers.http],
        ] as const
      ).map(([name, endpoint]) => (
        <Fact key={name} name={name}>
          <span className={styles.copied}>
            <span className="mono ellipsis">{endpoint}</span>
            <CopyButton text={endpoint} label={`Copy ${name} endpoint`} />
          </span>
        </Fact>
      ))}
      <dt>Database</dt>
      <dd className={styles.copied}>
        <span className={styles.size}>{formatBytes(database.bytes)}</span>
        <span className={`mono ellipsis ${styles.path}`} title={database.path}>
          {database.path}
        </span>
        <CopyButton text={database.path} label="Copy database path" />
      </dd>
      <dt>Queue</dt>
      <dd>{queue === undefined ? '…' : <Queue queue={queue} />}</dd>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Requests admitted that wait for their commit. */
function Queue({ queue }: { readonly queue: Details['queue'] }) {
  return (
    <span className={styles.queue}>
      <meter
        className={styles.meter}
        min={0}
        max={queue.maxBytes}
        value={queue.bytes}
        aria-label="Queue filled"
        title="Requests received that wait to be stored; when it is full, senders are told to try again"
      />
      {queue.requests === 0 ? 'empty' : `${formatQuantity(queue.requests, 'request')}, ${formatBytes(queue.bytes)}`}
      <span className="faint">of {formatBytes(queue.maxBytes)}</span>
    </span>
  )
}

function Rates({ status, services }: { readonly status: Status; readonly services: Details['services'] }) {
  const { rows, more } = useMemo(() => rateRows(services), [services])
  const all = rateTexts(status.rates)
  const { counts } = status
  return (
    <Part title="Received">
      <table className={table.table} aria-label="Received by signal and service">
        <TableHead name="Over the last 5 s" figures={['Spans', 'Logs', 'Points']} />
        <tbody>
          {rows.map(({ name, spans, logs, points }) => (
            <tr key={name}>
              <th scope="row" className={table.name}>
                <ServiceLabel name={name} />
              </th>
              <td className={table.figure}>{spans}</td>
              <td className={table.figure}>{logs}</td>
              <td className={table.figure}>{points}</td>
            </tr>
          ))}
          {more === 0 ? null : (
            <tr>
              <td colSpan={4} className={table.quiet}>
                and {formatQuantity(more, 'quieter service')}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className={table.sum}>
            <th scope="row" className={table.name}>
              All services
            </th>
            <td className={table.figure}>{all.spans}</td>
            <td className={table.figure}>{all.logs}</td>
            <td className={table.figure}>{all.points}</td>
          </tr>
          <tr className={table.quiet}>
            <th scope="row" className={table.name}>
              Stored, in {formatQuantity(counts.traces, 'trace')}
            </th>
            <td className={table.figure}>{formatCount(counts.spans)}</td>
            <td className={table.figure}>{formatCount(counts.logs)}</td>
            <td className={table.figure}>{formatCount(counts.points)}</td>
          </tr>
        </tfoot>
      </table>
    </Part>
  )
}

function Losses({ status, minutes }: { readonly status: Status; readonly minutes: Details['losses'] }) {
  const now = useNow()
  const lines = useMemo(() => lossLines(status.losses, minutes), [status.losses, minutes])
  return (
    <Part title="Losses">
      {lines.length === 0 ? (
        <p className={styles.none}>Nothing was rejected or pruned.</p>
      ) : (
        <table className={table.table} aria-label="Losses by reason">
          <TableHead name="Reason" figures={['Signal', 'Last', 'Records']} />
          <tbody>
            {lines.map(({ signal, reason, count, lastUnixNano }) => (
              <tr key={`${signal} ${reason}`}>
                <th scope="row" className={table.name}>
                  {reason}
                </th>
                <td className={table.figure}>{signal}</td>
                <td className={table.figure}>
                  {lastUnixNano === undefined ? 'long ago' : formatMinute(lastUnixNano, now)}
                </td>
                <td className={table.figure}>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  )
}
