/** Connect a service: the endpoints really bound, what to paste per language, and whether anything has arrived. */

import { SegmentedControl } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useImports } from '../../client/imports.ts'
import { useStatus, useStatusValue } from '../../client/live.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Arrivals } from './arrivals.tsx'
import styles from './connect-view.module.css'
import { DemoShop } from './demo-shop.tsx'
import { type Endpoints, isLoopbackOnly, localEndpoint, type Protocol } from './endpoints.ts'
import { LastRefusal } from './last-refusal.tsx'
import { OpenFile } from './open-file.tsx'
import { ReachNote } from './reach-note.tsx'
import { SampleSession } from './sample-session.tsx'
import { SnippetSteps } from './snippet-steps.tsx'
import { type Shell, snippets } from './snippets.ts'

const isWindows = /win/i.test(navigator.platform)

export function ConnectView() {
  useDocumentTitle('Connect a service · Spanlight')
  const status = useStatus()
  const [chosen, setChosen] = useState('node')
  const [protocol, setProtocol] = useState<Protocol>('http')
  const [shell, setShell] = useState<Shell>(isWindows ? 'powershell' : 'posix')
  useLeaveOnFirstData()
  const receivers = useBound(status?.receivers)
  if (status === undefined) return null

  if (status.state === 'read-only')
    return (
      <EmptyState
        title="This session is open read-only"
        actions={<Link to="/sessions">Open it for writing, or another one</Link>}
      >
        Nothing is received while a session is only read.
      </EmptyState>
    )

  if (receivers === undefined) return null
  const all = snippets({ endpoints: receivers, protocol, shell })
  const snippet = all.find(({ id }) => id === chosen) ?? all[0]
  return (
    <div className={styles.screen}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1 className={styles.title}>Connect a service</h1>
          <p className={styles.lead}>
            Point any OpenTelemetry SDK or Collector at one of these endpoints. Everything stays on this machine.
          </p>
        </header>

        <div className={styles.top}>
          <dl className={styles.endpoints} aria-label="Endpoints">
            {(
              [
                ['OTLP/HTTP', receivers.http],
                ['OTLP/gRPC', receivers.grpc],
              ] as const
            ).map(([name, endpoint]) => (
              <div key={name} className={styles.endpoint}>
                <dt>{name}</dt>
                <dd>
                  <span className="mono">{localEndpoint(endpoint)}</span>
                  <CopyButton text={localEndpoint(endpoint)} label={`Copy ${name} endpoint`} />
                  <span className="faint">
                    {isLoopbackOnly(endpoint) ? 'this machine only' : `bound to ${endpoint.replace(/^http:\/\//, '')}`}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
          <Arrivals status={status} />
        </div>
        <LastRefusal />
        <DemoShop />
        <OpenFile />
        <SampleSession />

        <section className={styles.card} aria-label="Snippets">
          <div className={styles.choices}>
            <SegmentedControl
              aria-label="Protocol"
              value={protocol}
              onChange={setProtocol}
              data={[
                { value: 'http', label: 'HTTP' },
                { value: 'grpc', label: 'gRPC' },
              ]}
            />
            <SegmentedControl
              aria-label="Shell"
              value={shell}
              onChange={setShell}
              data={[
                { value: 'posix', label: 'bash, zsh' },
                { value: 'powershell', label: 'PowerShell' },
              ]}
            />
          </div>
          <div className={styles.body}>
            <ul className={styles.names}>
              {all.map(({ id, name }) => (
                <li key={id} className={id === 'docker' ? styles.gap : undefined}>
                  <button type="button" aria-pressed={id === snippet?.id} onClick={() => setChosen(id)}>
                    {name}
                  </button>
                </li>
              ))}
            </ul>
            <div className={styles.steps}>
              {snippet?.id === 'docker' || snippet?.id === 'wsl' ? (
                <ReachNote place={snippet.id} isLoopback={isLoopbackOnly(receivers[protocol])} />
              ) : null}
              {snippet === undefined ? null : <SnippetSteps key={snippet.id} snippet={snippet} />}
            </div>
          </div>
        </section>
      </div>
    </div>
  )
}

/** What is bound, or was last: while the app quits or another session opens, nothing is. */
function useBound(now: Endpoints | undefined): Endpoints | undefined {
  const [last, setLast] = useState<Endpoints>()
  const isBound = now !== undefined && now.http !== '' && now.grpc !== ''
  if (isBound && (now.http !== last?.http || now.grpc !== last.grpc)) setLast(now)
  return isBound ? now : last
}

/** Someone who waits here for the first data is taken to it; who comes with data there already stays. */
function useLeaveOnFirstData(): void {
  const received = useStatusValue(({ counts }) => counts.spans + counts.logs + counts.points)
  const router = useRouter()
  // Also from the moment on in which everything was deleted.
  const [isWaiting, setWaiting] = useState(false)
  if (received === 0 && !isWaiting) setWaiting(true)
  // What is imported has a place of its own to go to.
  const isImporting = useImports().some(({ isOwn }) => isOwn)
  const isThere = !isImporting && isWaiting && received !== undefined && received > 0
  useEffect(() => {
    // Who is already on the way to another screen goes there.
    if (isThere && router.state.location.pathname === '/connect')
      void router.navigate({ to: '/overview', replace: true })
  }, [isThere, router])
}
