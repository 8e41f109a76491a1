/** Above the charts: which spans count, the operation they are narrowed to, and marks on the time axis. */

import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Annotation } from '#shared/contract/annotations.ts'
import { spanViews } from '#shared/contract/overview.ts'
import { operationText, serviceText } from '../../ui/names.ts'
import { ServiceMark } from '../../ui/service-label.tsx'
import type { ChartContext } from './chart-context.ts'
import { MarkList } from './mark-list.tsx'
import { MarkMoment } from './mark-moment.tsx'
import styles from './overview-head.module.css'
import { noOperation } from './overview-url.ts'
import { viewWords } from './view-words.ts'

export interface OverviewHeadProps {
  readonly context: ChartContext
  readonly annotations: readonly Annotation[]
}

export function OverviewHead({ context, annotations }: OverviewHeadProps) {
  const { filter, view, setUrl } = context
  return (
    <div className={styles.head}>
      <h1 className={styles.title}>Overview</h1>
      <SegmentedControl
        aria-label="Spans that count"
        value={view}
        data={spanViews.map((value) => ({
          value,
          label: <span title={viewWords[value].hint}>{viewWords[value].label}</span>,
        }))}
        onChange={(value) => {
          const chosen = spanViews.find((candidate) => candidate === value)
          // An operation is of one kind, and so of one view.
          setUrl({ view: chosen === 'requests' ? undefined : chosen, ...noOperation })
        }}
      />
      {filter.operation === undefined ? null : (
        <span className={styles.chip}>
          {filter.service === undefined ? null : (
            <>
              <ServiceMark name={filter.service} />
              <span className={styles.service}>{serviceText(filter.service)}</span>
            </>
          )}
          <span className={styles.operation}>{operationText(filter.operation)}</span>
          <ActionIcon
            size={18}
            aria-label="Show all operations"
            title="Show all operations"
            onClick={() => setUrl(noOperation)}
          >
            <IconX size={13} />
          </ActionIcon>
        </span>
      )}
      <div className={styles.end}>
        <MarkList annotations={annotations} />
        <MarkMoment />
      </div>
    </div>
  )
}
