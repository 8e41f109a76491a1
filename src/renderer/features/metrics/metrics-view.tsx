/** The Metrics screen: the list of metrics, and the charts of the one chosen. */

import { useDocumentTitle, useWindowEvent } from '@mantine/hooks'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { offerText, useExportOffer } from '../../client/export-offer.ts'
import { useServiceFilter } from '../../client/service-filter.ts'
import { useTimeRange } from '../../client/time-range.ts'
import { useUrlState } from '../../client/url-state.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { isTyping } from '../../ui/is-typing.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { MetricDetails } from './metric-details.tsx'
import { metricListRows, searchMetrics } from './metric-list-rows.ts'
import { MetricSkeleton } from './metric-skeleton.tsx'
import { MetricsList } from './metrics-list.tsx'
import { metricsUrlSchema, openMetric } from './metrics-url.ts'
import styles from './metrics-view.module.css'
import { NoMetrics } from './no-metrics.tsx'
import { useMetricList } from './use-metric-list.ts'

export function MetricsView() {
  useDocumentTitle('Metrics · Spanlight')
  const [url, setUrl] = useUrlState(metricsUrlSchema)
  const { service, setService } = useServiceFilter()
  const { metrics, error, retry } = useMetricList(service)
  const searchRef = useRef<HTMLInputElement>(null)

  const [text, setText] = useSearchText(url.q, (q) => setUrl({ q }, { replace: true }))
  const wanted = useDeferredValue(text)
  const rows = useMemo(() => metricListRows(metrics ?? []), [metrics])
  const found = useMemo(() => searchMetrics(rows, wanted), [rows, wanted])
  // Until one is chosen, a histogram says most; it stays for as long as it is listed, whatever arrives.
  const [picked, setPicked] = useState<string>()
  if (url.name === undefined && rows.length > 0 && !rows.some((row) => row.name === picked))
    setPicked((rows.find(({ kind }) => kind.endsWith('histogram')) ?? rows[0])?.name)
  const name = url.name ?? picked
  const variants = useMemo(() => metrics?.filter((metric) => metric.name === name), [metrics, name])

  const range = useTimeRange()
  const { attr } = url
  useExportOffer(
    useMemo(() => {
      const metrics = { ...(name === undefined ? {} : { names: [name] }), attr }
      const what = offerText(name === undefined ? 'Metrics' : `Metric ${name}`, range, service)
      return { what, selection: { service, metrics }, range: range.resolve }
    }, [name, attr, service, range]),
  )

  useWindowEvent('keydown', (event) => {
    if (event.key !== '/' || event.defaultPrevented || isTyping(event)) return
    event.preventDefault()
    searchRef.current?.select()
  })

  const showAllServices = () => setService(undefined)
  if (error !== null && error !== undefined && metrics === undefined)
    return (
      <div className={styles.whole}>
        <ErrorState error={error} onRetry={retry} />
      </div>
    )
  if (metrics !== undefined && metrics.length === 0 && url.name === undefined)
    return (
      <div className={styles.whole}>
        <h1 className="visually-hidden">Metrics</h1>
        <NoMetrics service={service} onAllServices={showAllServices} />
      </div>
    )
  return (
    <PaneGroup id="metrics" orientation="horizontal" paneIds={['list', 'metric']}>
      <Pane id="list" defaultSize={360} minSize={240} maxSize="60%" keepPixels>
        <MetricsList
          rows={metrics === undefined ? undefined : found}
          total={rows.length}
          text={text}
          onSearch={setText}
          selected={name}
          onSelect={(next) => setUrl(openMetric(next), { replace: url.name !== undefined })}
          searchRef={searchRef}
        />
      </Pane>
      <PaneHandle label="Resize the list" />
      <Pane id="metric" minSize={360}>
        <div className={styles.scroller}>
          {name === undefined ? (
            <MetricSkeleton />
          ) : (
            <MetricDetails
              key={name}
              name={name}
              variants={variants}
              service={service}
              onAllServices={showAllServices}
              url={url}
              setUrl={setUrl}
            />
          )}
        </div>
      </Pane>
    </PaneGroup>
  )
}

/** The field's own text, which starts anew when the address changes it: back, forward, a link. */
function useSearchText(
  q: string | undefined,
  onSend: (q: string | undefined) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(q ?? '')
  const [sent, setSent] = useState(q)
  if (q !== sent) {
    setSent(q)
    if ((q ?? '') !== text.trim()) setText(q ?? '')
  }
  return [
    text,
    (next) => {
      setText(next)
      onSend(next.trim() === '' ? undefined : next.trim())
    },
  ]
}
