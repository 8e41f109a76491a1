/** Nothing runs: what the load lab is, what to start, and why the last run ended if it did so by itself. */

import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { type LabCatalog, labRateLimits } from '#shared/contract/loadlab-catalog.ts'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import { LabProblem } from './lab-problem.tsx'
import type { LoadlabUrl } from './loadlab-url.ts'
import styles from './loadlab-view.module.css'
import { MysteryDialog } from './mystery-dialog.tsx'
import { OneRequestButtons } from './one-request-buttons.tsx'
import { OwnServiceDialog } from './own-service-dialog.tsx'
import { StartForm } from './start-form.tsx'

export interface StartPanelProps {
  readonly catalog: LabCatalog
  readonly status: LabStatus
  readonly url: LoadlabUrl
}

export function StartPanel({ catalog, status, url }: StartPanelProps) {
  const [dialog, setDialog] = useState<'own' | 'mystery'>()
  const isStarting = status.state === 'starting'
  const wanted = catalog.scenarios.find(({ name }) => name === url.scenario) ?? catalog.scenarios[0]
  return (
    <div className={styles.start}>
      <LabProblem />
      <div className={styles.startPage}>
        <header>
          <h1 className={styles.startTitle}>Load lab</h1>
          <p className={styles.lead}>
            A small shop of real services on this machine, with load on it and faults in it. What it makes arrives here
            as OTLP like that of any service, needs no network, and ends when you stop it.
          </p>
        </header>
        {status.problem === null ? null : (
          <p role="alert" className={styles.ended}>
            <IconAlertTriangle size={15} className={styles.problemIcon} aria-hidden="true" />
            {status.problem}
          </p>
        )}
        <section className={styles.startCard} aria-label="Start" aria-busy={isStarting}>
          {isStarting ? (
            <p role="status" className={styles.starting}>
              <Loader size={14} aria-hidden="true" /> Services come up…
            </p>
          ) : null}
          <StartForm
            catalog={catalog}
            initial={{
              scenario: wanted?.name ?? 'checkout-shop',
              rate: url.rate ?? labRateLimits.default,
              profile: url.profile ?? 'steady',
              seed: url.seed ?? 1,
            }}
            submitLabel="Start"
          />
        </section>
        <section className={styles.ways} aria-label="Other ways to begin">
          <div>
            <h2>One request</h2>
            <p>The first lesson on tracing: a single checkout, its trace opened while it grows.</p>
            <div className={styles.buttons}>
              <OneRequestButtons run={null} />
            </div>
          </div>
          <div>
            <h2>Mystery fault</h2>
            <p>The app breaks something and doesn't tell. Find the service and what is wrong with it.</p>
            <div className={styles.buttons}>
              <Button onClick={() => setDialog('mystery')}>Mystery fault…</Button>
            </div>
          </div>
          <div>
            <h2>Your own service</h2>
            <p>Load with a fresh trace in each request, for a service on this machine.</p>
            <div className={styles.buttons}>
              <Button onClick={() => setDialog('own')}>Send to my own service…</Button>
            </div>
          </div>
        </section>
      </div>
      <OwnServiceDialog isOpen={dialog === 'own'} onClose={() => setDialog(undefined)} />
      <MysteryDialog isOpen={dialog === 'mystery'} onClose={() => setDialog(undefined)} />
    </div>
  )
}
