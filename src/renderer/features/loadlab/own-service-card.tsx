/** Load on a service of one's own: where it goes, and how its requests ended. */

import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LabRun, LabTarget } from '#shared/contract/loadlab-status.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import card from './lab-card.module.css'
import { noLabParams } from './loadlab-url.ts'
import { isFailedOutcome, outcomeText } from './outcome-text.ts'
import styles from './own-service-card.module.css'

export interface OwnServiceCardProps {
  readonly run: LabRun
  readonly target: LabTarget
  readonly onChange: () => void
}

export function OwnServiceCard({ run, target, onChange }: OwnServiceCardProps) {
  const total = run.outcomes.reduce((sum, { count }) => sum + count, 0)
  return (
    <figure className={`${card.card} ${styles.service}`} aria-label="My own service">
      <figcaption className={styles.head}>
        <span className={styles.method}>{target.method}</span>
        <span className="mono ellipsis">{target.url}</span>
        <div className={styles.actions}>
          <Button
            renderRoot={(root) => <Link {...root} to="/traces" search={{ ...noLabParams, service: 'load-lab' }} />}
          >
            Traces
          </Button>
          <Button onClick={onChange}>Change…</Button>
        </div>
      </figcaption>
      {total === 0 ? (
        <p className={styles.none}>No request was answered yet.</p>
      ) : (
        <table className={card.table} aria-label="How requests ended">
          <thead>
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col" className={card.figure}>
                Requests
              </th>
              <th scope="col" className={card.figure}>
                Share
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {run.outcomes.map(({ outcome, count }) => {
              const isFailed = isFailedOutcome(outcome)
              return (
                <tr key={outcome}>
                  <th scope="row" className={isFailed ? styles.failed : undefined}>
                    {isFailed ? '✕ ' : ''}
                    {outcomeText(outcome)}
                  </th>
                  <td className={card.figure}>{formatCount(count)}</td>
                  <td className={card.figure}>{formatShare(count / total)}</td>
                  <td className={styles.barCell}>
                    <span
                      className={isFailed ? styles.failedBar : styles.bar}
                      style={{ width: `${(100 * count) / total}%` }}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </figure>
  )
}
