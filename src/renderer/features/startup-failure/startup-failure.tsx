/** The page of a desktop app whose engine could not start: what happened, and the ways out. */

import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Recovery, StartFailure } from '#shared/contract/host.ts'
import { host } from '../../client/host.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './startup-failure.module.css'
import { failureText } from './ways-out.ts'

export interface StartupFailureProps {
  readonly failure: StartFailure
}

export function StartupFailure({ failure: { code, message, databasePath, report } }: StartupFailureProps) {
  const { title, advice, isMessageTelling, ways } = failureText(code)
  const [underway, setUnderway] = useState<Recovery>()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  function recover(way: Recovery) {
    setUnderway(way)
    void host?.recover(way).finally(() => setUnderway(undefined))
  }

  return (
    <main className={styles.page}>
      <div className={styles.failure}>
        <div className={styles.icon} aria-hidden="true">
          <IconAlertTriangle size={22} />
        </div>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        <div role="alert" className={styles.text}>
          {isMessageTelling ? <p>{message.split('\n')[0]}</p> : null}
          {/* A port has nothing to do with the file. */}
          {databasePath === null || code === 'PORT_TAKEN' ? null : (
            <p className={styles.path}>
              Database <span className="mono">{databasePath}</span>
            </p>
          )}
          <p className="muted">{advice}</p>
        </div>
        <div className={styles.actions}>
          {ways.map(({ way, label }, index) => (
            <Button
              key={way}
              size="sm"
              variant={index === 0 ? 'filled' : 'default'}
              loading={underway === way}
              disabled={underway !== undefined && underway !== way}
              onClick={() => recover(way)}
            >
              {label}
            </Button>
          ))}
        </div>
        {ways.some(({ way }) => way === 'fresh-file') ? (
          <p className={styles.note}>
            A new database is made beside this one. Another database is used until Spanlight is quit; the next start
            tries this one again.
          </p>
        ) : null}
        <details className={styles.details}>
          <summary>Details</summary>
          <pre className={`mono ${styles.report}`}>{report}</pre>
        </details>
        <div className={styles.foot}>
          <CopyButton text={report} label="Copy report" caption="Copy report" />
          <Button variant="subtle" onClick={() => recover('quit')}>
            Quit Spanlight
          </Button>
        </div>
      </div>
    </main>
  )
}
