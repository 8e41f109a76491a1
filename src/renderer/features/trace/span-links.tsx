/** Links of a span in both directions: where it points, and which spans point at it. */

import { Link } from '@tanstack/react-router'
import type { SpanDetails } from '#shared/contract/traces.ts'
import { exportManifest } from '../../client/exported-file.ts'
import { AttributeTable } from '../../ui/attribute-table.tsx'
import { formatQuantity } from '../../ui/format.ts'
import { DetailSection } from './detail-section.tsx'
import styles from './span-details.module.css'
import type { SpanKey } from './span-index.ts'

export interface SpanLinksProps {
  readonly details: SpanDetails
  readonly onSelect: (key: SpanKey) => void
}

export function SpanLinks({ details, onSelect }: SpanLinksProps) {
  const { links, linkedFrom, droppedLinksCount } = details
  return (
    <>
      {links.length > 0 || droppedLinksCount > 0 ? (
        <DetailSection title="Links" count={links.length}>
          {links.map((link) => (
            <div key={`${link.traceId} ${link.spanId}`} className={styles.linkEntry}>
              <Target {...link} here={details.traceId} onSelect={onSelect} />
              {Object.keys(link.attributes).length > 0 ? (
                <AttributeTable attributes={link.attributes} label="Link" />
              ) : null}
            </div>
          ))}
          {droppedLinksCount > 0 ? (
            <p className={styles.dropped}>
              {formatQuantity(droppedLinksCount, 'more link')} dropped by the SDK before sending.
            </p>
          ) : null}
        </DetailSection>
      ) : null}
      {linkedFrom.length > 0 ? (
        <DetailSection title="Linked from" count={linkedFrom.length}>
          {linkedFrom.map((link) => (
            <div key={`${link.traceId} ${link.spanId}`} className={styles.linkEntry}>
              <Target {...link} stored here={details.traceId} onSelect={onSelect} />
            </div>
          ))}
        </DetailSection>
      ) : null}
    </>
  )
}

interface TargetProps {
  readonly traceId: string
  readonly spanId: string
  readonly stored: boolean
  /** The trace on show. */
  readonly here: string
  readonly onSelect: (key: SpanKey) => void
}

function Target({ traceId, spanId, stored, here, onSelect }: TargetProps) {
  if (traceId === here)
    return (
      <button type="button" className={styles.link} onClick={() => onSelect(spanId)}>
        span {spanId} of this trace
      </button>
    )
  const name = `${traceId.slice(0, 8)}…${traceId.slice(-6)} · span ${spanId}`
  if (!stored)
    return (
      <span className="mono" title={traceId}>
        {name}{' '}
        <span className={styles.none}>not {exportManifest() === undefined ? 'stored here' : 'in this file'}</span>
      </span>
    )
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId }}
      search={{ span: spanId }}
      className={styles.link ?? ''}
      title={traceId}
    >
      {name}
    </Link>
  )
}
