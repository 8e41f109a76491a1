/** The Metrics screen: the list of metrics, and the charts of the one chosen. */

import { useDocumentTitle, useWindowEvent } from '@mantine/hooks'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useServiceFilter } from '../../client/service-filter.ts'
import { useUrlState } from '../../client/url-state.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { isTyping } from '../../ui/is-typing.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { MetricDetails } from './metric-details.tsx'
import { metricListRows, searchMetrics } from './metric-list-rows.ts'
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
  // Until one is chosen, a histogram says most; it is picked once, whatever arrives later.
  const [picked, setPicked] = useState<string>()
  if (picked === undefined && rows.length > 0)
    setPicked((rows.find(({ kind }) => kind.endsWith('histogram')) ?? rows[0])?.name)
  const name = url.name ?? picked
  const variants = useMemo(() => metrics?.filter((metric) => metric.name === name), [metrics, name])

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
        {metrics === undefined ? (
          <div className={styles.whole}>
            <SkeletonRows rows={18} rowHeight={46} label="Loading metrics" />
          </div>
        ) : (
          <MetricsList
            rows={found}
            total={rows.length}
            text={text}
            onSearch={setText}
            selected={name}
            onSelect={(name) => setUrl(openMetric(name), { replace: url.name !== undefined })}
            searchRef={searchRef}
          />
        )}
      </Pane>
      <PaneHandle label="Resize the list" />
      <Pane id="metric" minSize={360}>
        <div className={styles.scroller}>
          {name === undefined ? null : (
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
