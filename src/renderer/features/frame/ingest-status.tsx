/** What comes in and where, in a pill; a click opens the details. */

import { Popover } from '@mantine/core'
import { useState } from 'react'
import type { Status } from '#shared/contract/status.ts'
import { useConnectionState } from '../../client/connection.ts'
import { useStatus } from '../../client/live.ts'
import { IngestDetails } from './ingest-details.tsx'
import styles from './ingest-status.module.css'
import { ingestParts, lossText } from './ingest-text.ts'
import bar from './top-bar.module.css'

const dots: Readonly<Record<Status['state'], string | undefined>> = {
  receiving: bar.ok,
  idle: undefined,
  paused: bar.warn,
  'read-only': undefined,
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
        width={560}
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
        {/* Named by its button otherwise, whose text changes all the time. */}
        <Popover.Dropdown aria-labelledby="ingest-details" className={styles.panel}>
          <h2 id="ingest-details" className="visually-hidden">
            Ingest details
          </h2>
          {status === undefined ? null : <IngestDetails status={status} onLeave={() => setOpen(false)} />}
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
