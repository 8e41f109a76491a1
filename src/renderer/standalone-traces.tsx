/** The list of an exported file's traces, in the app's own table. */

import { TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { ExportedTrace } from '#shared/contract/html-export.ts'
import type { TraceOrder } from '#shared/contract/traces.ts'
import { matchingTraces, orderedTraces } from './features/html-export/exported-rows.ts'
import styles from './features/html-export/exported-traces.module.css'
import { TracesTable } from './features/traces/traces-table.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { formatQuantity } from './ui/format.ts'

const ignore = (): void => undefined

export function StandaloneTraces({ traces }: { readonly traces: readonly ExportedTrace[] }) {
  useDocumentTitle('Traces · Spanlight')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [order, setOrder] = useState<TraceOrder>('newest')
  const [activeId, setActiveId] = useState<string | undefined>(undefined)
  const scrollToTop = useRef<() => void>(undefined)
  const shown = useMemo(() => orderedTraces(matchingTraces(traces, text), order), [traces, text, order])
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <h1 className={styles.title}>Traces</h1>
        <TextInput
          className={styles.field ?? ''}
          aria-label="Find a trace"
          placeholder="Service, operation or trace id"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="muted" role="status" aria-label="Traces listed">
          {formatQuantity(shown.length, 'trace')}
        </span>
      </div>
      <div className={styles.body}>
        {shown.length === 0 ? (
          <EmptyState title="No trace matches">
            The text must occur in the service or operation of its root, in another service, or in its id.
          </EmptyState>
        ) : (
          <TracesTable
            list={{
              traces: shown,
              shown: undefined,
              key: 'file',
              error: null,
              isStale: false,
              hasMore: false,
              isFetchingMore: false,
              moreError: null,
              unseen: 0,
              isUnseenOpen: false,
              fetchMore: ignore,
              showNewest: ignore,
              retry: ignore,
            }}
            order={order}
            place={undefined}
            activeId={activeId}
            onActivate={setActiveId}
            onAtTop={ignore}
            onPointerMove={ignore}
            onOrder={setOrder}
            onOpen={(traceId) => void navigate({ to: '/traces/$traceId', params: { traceId } })}
            scrollToTop={scrollToTop}
          />
        )}
      </div>
    </div>
  )
}
