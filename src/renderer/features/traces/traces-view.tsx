/** The Traces screen: filters, and the table of traces that match them. */

import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconFilterX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { TraceOrder } from '#shared/contract/traces.ts'
import { offerText, useExportOffer } from '../../client/export-offer.ts'
import { redactedCsv } from '../../client/redacted-table.ts'
import { serviceFilterSchema } from '../../client/service-filter.ts'
import { useTimeRange } from '../../client/time-range.ts'
import { timeRangeSchema } from '../../client/time-range-url.ts'
import { useUrlState } from '../../client/url-state.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatCount, formatQuantity } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { filterSentence } from './filter-sentence.ts'
import { recallPlace } from './list-memory.ts'
import { TraceFilters } from './trace-filters.tsx'
import { tracesCsv } from './traces-csv.ts'
import { TracesEmpty } from './traces-empty.tsx'
import { TracesTable } from './traces-table.tsx'
import { noFilters, toFilter, tracesUrlSchema } from './traces-url.ts'
import styles from './traces-view.module.css'
import { usePointerBusy } from './use-pointer-busy.ts'
import { traceListKey, useTraceList } from './use-trace-list.ts'

const screenUrlSchema = tracesUrlSchema.extend({ ...serviceFilterSchema.shape, ...timeRangeSchema.shape })
const noRange = { range: undefined, start: undefined, end: undefined }

const orders: readonly { readonly value: TraceOrder; readonly label: string }[] = [
  { value: 'newest', label: 'Newest' },
  { value: 'slowest', label: 'Slowest' },
  { value: 'errors', label: 'Most errors' },
]

export function TracesView() {
  useDocumentTitle('Traces · Spanlight')
  const [url, setUrl] = useUrlState(screenUrlSchema)
  const { service } = url
  const range = useTimeRange()
  const navigate = useNavigate()
  const order = url.order ?? 'newest'
  const filter = useMemo(() => ({ ...toFilter(url, service), order }), [url, service, order])

  useExportOffer(
    useMemo(() => {
      const { order: _order, service: _service, ...traces } = { of: 'trace' as const, ...filter }
      const isFiltered = Object.keys(traces).length > 1
      const what = offerText(isFiltered ? 'Traces that match the filters' : 'Traces', range, service)
      return { what, selection: { service, traces }, range: range.resolve }
    }, [filter, service, range]),
  )

  const [place] = useState(() => recallPlace(traceListKey(filter, range)))
  const [isAtTop, setAtTop] = useState((place?.scrollTop ?? 0) === 0)
  const [activeId, setActiveId] = useState(place?.activeId)
  const pointer = usePointerBusy()
  const scrollToTop = useRef<() => void>(undefined)
  const list = useTraceList({
    filter,
    range,
    isFollowing: isAtTop && activeId === undefined && !pointer.isBusy,
    initial: place?.shown,
  })
  const isFiltered = Object.keys(filter).length > 1

  // Fields hold what was typed, even what couldn't be understood; clearing starts them anew.
  const [clearings, setClearings] = useState(0)
  function clearFilters() {
    setClearings(clearings + 1)
    setUrl({ ...noFilters, service: undefined })
  }
  function clearAll() {
    setClearings(clearings + 1)
    setUrl({ ...noFilters, ...noRange, service: undefined })
  }
  const sentence = filterSentence({
    url,
    service,
    start: range.name === undefined ? range.start : undefined,
    end: range.name === undefined ? range.end : undefined,
  })

  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <h1 className={styles.title}>Traces</h1>
        <TraceFilters key={clearings} url={url} onChange={setUrl} service={service} />
        {/* Its place is kept while it is away, so that the table doesn't jump when a filter is set. */}
        <span className={styles.clear} style={{ visibility: isFiltered ? 'visible' : 'hidden' }}>
          <Tooltip label="Clear filters">
            <ActionIcon aria-label="Clear filters" onClick={clearFilters}>
              <IconFilterX size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
        <div className={styles.end}>
          <span className="muted" role="status" aria-label="Traces listed">
            {list.shown === undefined
              ? ''
              : list.hasMore
                ? `${formatCount(list.traces.length)}+ traces`
                : formatQuantity(list.traces.length, 'trace')}
          </span>
          <CsvButton
            label="Save the listed traces as CSV"
            name="traces"
            text={() => redactedCsv(tracesCsv(list.traces))}
            disabled={list.traces.length === 0}
          />
          <SegmentedControl
            aria-label="Order"
            value={order}
            onChange={(value) => setUrl({ order: value === 'newest' ? undefined : value })}
            data={[...orders]}
          />
        </div>
      </div>
      {sentence === undefined ? null : (
        <div className={styles.sentence} role="status" aria-label="Shown traces">
          <p>
            Traces with <strong>{sentence}</strong>
          </p>
          <Button size="compact-xs" variant="subtle" onClick={clearAll}>
            Clear all
          </Button>
        </div>
      )}
      <div className={styles.body}>
        {list.unseen > 0 && !(isAtTop && activeId === undefined) ? (
          <Button
            className={styles.unseen ?? ''}
            variant="filled"
            radius="xl"
            onClick={() => {
              setActiveId(undefined)
              list.showNewest()
              scrollToTop.current?.()
            }}
          >
            {formatCount(list.unseen)}
            {list.isUnseenOpen ? '+' : ''} new
          </Button>
        ) : null}
        {list.error != null ? (
          <ErrorState error={list.error} onRetry={list.retry} />
        ) : list.shown === undefined ? (
          <SkeletonRows rows={16} label="Loading traces" />
        ) : list.traces.length === 0 && !list.isStale ? (
          <TracesEmpty isFiltered={isFiltered} range={range} onClearFilters={clearFilters} />
        ) : (
          <TracesTable
            key={list.shown.key}
            list={list}
            order={order}
            place={place}
            activeId={activeId}
            onActivate={setActiveId}
            onAtTop={setAtTop}
            onPointerMove={pointer.onPointerMove}
            onOrder={(value) => setUrl({ order: value === 'newest' ? undefined : value })}
            onOpen={(traceId) => void navigate({ to: '/traces/$traceId', params: { traceId }, search: true })}
            scrollToTop={scrollToTop}
          />
        )}
      </div>
    </div>
  )
}
