/** The figures of a run in one line, and why telemetry isn't delivered when it isn't. */

import { IconAlertTriangle } from '@tabler/icons-react'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { factRows } from './fact-rows.ts'
import styles from './traffic-card.module.css'

export function RunFacts({ run }: { readonly run: LabRun }) {
  return (
    <>
      <dl className={styles.facts} aria-label="This run">
        {factRows(run).map(({ name, value, hint, tone }) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd className={tone}>{value}</dd>
          </div>
        ))}
      </dl>
      {run.deliveryProblem === null ? null : (
        <p role="alert" className={styles.undelivered}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          Telemetry is not delivered: {run.deliveryProblem}. Check the receivers in Settings.
        </p>
      )}
    </>
  )
}
