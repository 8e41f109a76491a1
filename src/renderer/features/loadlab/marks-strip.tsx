/** The marks that this run has put on every chart: what is on now, and the last ones. */

import { Button, Popover } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { LabAnnotation, LabStatus } from '#shared/contract/loadlab-status.ts'
import { formatAge, formatInstant, formatQuantity } from '../../ui/format.ts'
import popover from '../../ui/popover-list.module.css'
import { useNow } from '../../ui/use-now.ts'
import { noLabParams } from './loadlab-url.ts'
import { markSearch } from './mark-search.ts'
import styles from './marks-strip.module.css'

const shown = 3

export function MarksStrip({ status }: { readonly status: LabStatus }) {
  const { annotations, mystery } = status
  const now = useNow()
  const lasting = annotations.filter(({ endUnixNano }) => endUnixNano === null)
  return (
    <section aria-label="Marks on the charts" className={styles.strip}>
      <IconFlag size={14} className={styles.icon} aria-hidden="true" />
      {lasting.length === 0 ? (
        <span className="muted">
          {mystery !== null && mystery.verdict === null
            ? 'A mystery fault leaves no mark until it is solved.'
            : 'Nothing is marked now: the beginning and end of each fault stand on every chart.'}
        </span>
      ) : (
        <ul className={styles.now}>
          {lasting.slice(0, shown).map((annotation) => (
            <li key={keyOf(annotation)} className={styles.mark}>
              {annotation.text} <span className="muted">{formatAge(annotation.startUnixNano, now)}</span>
            </li>
          ))}
          {lasting.length > shown ? <li>and {lasting.length - shown} more</li> : null}
        </ul>
      )}
      {annotations.length === 0 ? null : (
        <Popover position="top-end" width={420} trapFocus returnFocus>
          <Popover.Target>
            <Button variant="subtle" color="gray" className={styles.all ?? ''}>
              {formatQuantity(annotations.length, 'mark')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="All marks" className={popover.panel ?? ''}>
            <ul className={popover.list}>
              {annotations.map((annotation) => (
                <li key={keyOf(annotation)}>
                  <Link to="/overview" search={{ ...noLabParams, ...markSearch(annotation) }} className={styles.link}>
                    <span className="ellipsis">{annotation.text}</span>
                    <span className={styles.when}>{spanText(annotation)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </section>
  )
}

function keyOf({ text, startUnixNano }: LabAnnotation): string {
  return `${startUnixNano} ${text}`
}

function spanText({ startUnixNano, endUnixNano }: LabAnnotation): string {
  const clock = (instant: string) => formatInstant(instant).slice(0, -4)
  return endUnixNano === null ? `${clock(startUnixNano)} –` : `${clock(startUnixNano)} – ${clock(endUnixNano)}`
}
