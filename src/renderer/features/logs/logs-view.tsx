/** The log screen: search, severity over time, and a list that follows what arrives. */

import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { lowestSeverity } from '#shared/model/severity.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { api } from '../../client/api.ts'
import { offerText, useExportOffer } from '../../client/export-offer.ts'
import { live, liveList } from '../../client/live.ts'
import { redactedCsv } from '../../client/redacted-table.ts'
import { useSetTimeRange, useTimeRange } from '../../client/time-range.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { useUrlState } from '../../client/url-state.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LogDetails } from './log-details.tsx'
import { LogList } from './log-list.tsx'
import type { LogRow } from './log-row.ts'
import { logsCsv } from './logs-csv.ts'
import { stepRow } from './logs-rows.ts'
import { LogsToolbar } from './logs-toolbar.tsx'
import { aroundInstant, logsSearchSchema } from './logs-url.ts'
import styles from './logs-view.module.css'
import { NoLogs } from './no-logs.tsx'
import { SeverityHistogram } from './severity-histogram.tsx'
import { type LogFilter, useLogWindow } from './use-log-window.ts'
import { useLogsKeys } from './use-logs-keys.ts'

const histogramBuckets = 120

export function LogsView() {
  const [url, setUrl] = useUrlState(logsSearchSchema)
  const range = useTimeRange()
  const setRange = useSetTimeRange()
  const searchRef = useRef<HTMLInputElement>(null)
  const scrollerRef = useRef<HTMLDivElement>(null)

  const filter: LogFilter = {
    ...(url.service === undefined ? {} : { service: url.service }),
    ...(url.severity === undefined ? {} : { minSeverity: url.severity }),
    ...(url.q === undefined ? {} : { q: url.q }),
  }
  const { service, severity, q } = url
  useExportOffer(
    useMemo(() => {
      const logs = { minSeverity: severity && lowestSeverity(severity), q }
      const what = offerText(severity || q ? 'Log records that match the filters' : 'Log records', range, service)
      return { what, selection: { service, logs }, range: range.resolve }
    }, [service, severity, q, range]),
  )
  const filterKey = JSON.stringify([filter, range.key])
  const tailing = range.live && url.live !== 'off'

  // Following ends by scrolling up, and begins anew with other filters.
  const [leftEnd, setLeftEnd] = useState<{ readonly filterKey: string; readonly seen: number }>()
  const left = leftEnd?.filterKey === filterKey ? leftEnd : undefined
  const following = left === undefined
  const logs = useLogWindow(filter, range, { on: tailing, following, seen: left?.seen ?? 0 })
  const { window, reopen } = logs
  const rows = window?.rows ?? noRows
  const arrived = window?.arrived ?? 0
  const behind = window?.behind ?? false

  const onLeaveEnd = useCallback(() => {
    setLeftEnd((before) => (before?.filterKey === filterKey ? before : { filterKey, seen: arrived }))
  }, [filterKey, arrived])
  const onFollow = useCallback(() => {
    if (!behind) setLeftEnd(undefined)
  }, [behind])
  const jump = useCallback(() => {
    setLeftEnd(undefined)
    if (behind) reopen()
    scrollerRef.current?.focus({ preventScroll: true })
  }, [behind, reopen])

  const [selected, setSelected] = useState(url.log)
  const select = useCallback(
    (row: LogRow | undefined, open: boolean) => {
      if (row === undefined) return
      setSelected(row.id)
      onLeaveEnd()
      if (open) setUrl({ log: row.id }, { replace: url.log !== undefined })
    },
    [onLeaveEnd, setUrl, url.log],
  )
  const onOpen = useCallback((row: LogRow) => select(row, true), [select])
  const close = useCallback(() => setUrl({ log: undefined }), [setUrl])
  // Back, forward and links open and close records too.
  useEffect(() => {
    if (url.log !== undefined) setSelected(url.log)
  }, [url.log])

  useLogsKeys({
    onMove: (step) => select(stepRow(rows, selected, step), url.log !== undefined),
    onOpen: () =>
      select(
        rows.find((row) => row.id === selected),
        true,
      ),
    onEnd: jump,
    onSearch: () => searchRef.current?.select(),
    onClose: url.log === undefined ? undefined : close,
  })

  function setTail(on: boolean): void {
    setUrl({ live: on ? undefined : 'off' }, { replace: true })
    if (on) setLeftEnd(undefined)
  }

  function clearFilter(): void {
    setUrl({ q: undefined, severity: undefined, service: undefined })
  }

  const histogram = useHistogram(filter, range, tailing)
  const panes = url.log === undefined ? ['list'] : ['list', 'details']
  return (
    <div className={styles.view}>
      <h1 className="visually-hidden">Logs</h1>
      <LogsToolbar
        q={url.q}
        onSearch={(q) => setUrl({ q }, { replace: true })}
        severity={url.severity}
        onSeverity={(severity) => setUrl({ severity })}
        tail={url.live !== 'off'}
        onTail={setTail}
        canTail={range.live}
        state={logs.error && window ? 'behind' : tailing && !following ? 'paused' : undefined}
        searchRef={searchRef}
        end={
          <CsvButton
            label="Save the listed records as CSV"
            name="logs"
            text={() => redactedCsv(logsCsv(rows))}
            disabled={rows.length === 0}
          />
        }
        onLeaveSearch={() => (scrollerRef.current ?? searchRef.current)?.focus({ preventScroll: true })}
      />
      {histogram.data ? (
        <SeverityHistogram histogram={histogram.data} onSelect={setRange} />
      ) : (
        <div className={styles.histogram}>
          {histogram.isError ? (
            <>
              The histogram could not be loaded.
              <Button size="compact-xs" onClick={() => void histogram.refetch()}>
                Try again
              </Button>
            </>
          ) : (
            <Skeleton height={60} radius="sm" />
          )}
        </div>
      )}
      <PaneGroup id="logs" orientation="horizontal" paneIds={panes}>
        <Pane id="list" minSize={320}>
          <div className={styles.list} aria-busy={logs.stale}>
            {window === undefined ? (
              logs.error ? (
                <ErrorState error={logs.error} onRetry={logs.retry} />
              ) : (
                <SkeletonRows rows={24} rowHeight={24} label="Loading logs" />
              )
            ) : rows.length === 0 ? (
              <NoLogs
                filter={filter}
                onClearFilter={clearFilter}
                range={range}
                onShowEverything={() => setRange('all')}
              />
            ) : (
              <LogList
                rows={rows}
                q={url.q}
                selectedId={selected}
                openId={url.log}
                listKey={logs.stale ? undefined : filterKey}
                following={following}
                onFollow={onFollow}
                onLeaveEnd={onLeaveEnd}
                onOpen={onOpen}
                unseen={left ? arrived - left.seen : 0}
                behind={behind}
                onJump={jump}
                older={olderState(window.older !== null, logs.loadingOlder, logs.olderError)}
                loadOlder={logs.loadOlder}
                scrollerRef={scrollerRef}
              />
            )}
          </div>
        </Pane>
        {url.log === undefined ? null : (
          <>
            <PaneHandle label="Resize log details" />
            <Pane id="details" defaultSize="36%" minSize={300} maxSize="70%" keepPixels>
              <LogDetails
                id={url.log}
                onClose={close}
                onShowAround={(timeUnixNano) => setUrl(aroundInstant(timeUnixNano))}
              />
            </Pane>
          </>
        )}
      </PaneGroup>
    </div>
  )
}

const noRows: readonly LogRow[] = []

function olderState(more: boolean, loading: boolean, error: unknown): 'none' | 'more' | 'loading' | 'failed' {
  if (!more) return 'none'
  if (loading) return 'loading'
  return error ? 'failed' : 'more'
}

function useHistogram(filter: LogFilter, range: TimeRange, tailing: boolean) {
  return useQuery({
    queryKey: ['logs', 'histogram', filter, range.key],
    queryFn: ({ signal }) => {
      const bounds = range.resolve()
      // A live range reaches to now, however long nothing has arrived.
      const end =
        bounds.start !== undefined && bounds.end === undefined ? { end: String(fromUnixMillis(Date.now())) } : {}
      return api.logs.histogram({ ...filter, ...bounds, ...end, buckets: histogramBuckets }, { signal })
    },
    placeholderData: liveList.placeholderData,
    ...(tailing ? live : {}),
  })
}
