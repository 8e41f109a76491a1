/** Requests that were refused lately: a developer whose exporter is misconfigured sees why. */

import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Refusal } from '#shared/contract/status.ts'
import { exactInstant, formatAge, formatCount } from '../../ui/format.ts'
import { LongText } from '../../ui/long-text.tsx'
import { printableLine } from '../../ui/printable.ts'
import { useNow } from '../../ui/use-now.ts'
import details from './ingest-details.module.css'
import styles from './refusal-list.module.css'

const shownAtFirst = 3
/** What every gRPC method begins with; it would push out what tells them apart. */
const collectorPackage = '/opentelemetry.proto.collector.'

export function RefusalList({ refusals }: { readonly refusals: readonly Refusal[] }) {
  const [isWhole, setWhole] = useState(false)
  const now = useNow()
  if (refusals.length === 0) return <p className={details.none}>None since Spanlight was started.</p>
  return (
    <>
      <ol className={styles.list}>
        {(isWhole ? refusals : refusals.slice(0, shownAtFirst)).map((refusal) => (
          <li key={keyOf(refusal)} className={styles.refusal}>
            <div className={styles.head}>
              <span className={styles.status}>
                {refusal.transport === 'grpc' ? 'gRPC' : 'HTTP'} {refusal.status}
              </span>
              <span className="mono ellipsis" title={refusal.target}>
                {printableLine(refusal.target.replace(collectorPackage, '…'), 120)}
              </span>
              <span className={styles.when} title={exactInstant(refusal.atUnixNano)}>
                {refusal.count > 1 ? `${formatCount(refusal.count)} times, last ` : ''}
                {formatAge(refusal.atUnixNano, now)}
              </span>
            </div>
            <div>
              <LongText text={refusal.message} maxCharacters={600} />
            </div>
            {refusal.sender === '' ? null : (
              <div className={styles.sender}>from {printableLine(refusal.sender, 160)}</div>
            )}
          </li>
        ))}
      </ol>
      {refusals.length > shownAtFirst && !isWhole ? (
        <Button size="compact-xs" onClick={() => setWhole(true)}>
          Show all {formatCount(refusals.length)}
        </Button>
      ) : null}
    </>
  )
}

/** The same while the same sender repeats the same mistake, each time from another port. */
function keyOf({ transport, target, status, message, sender }: Refusal): string {
  return [transport, target, status, message, sender.replace(/:\d+(?= |$)/, '')].join(' ')
}
