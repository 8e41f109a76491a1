/** The Overview: golden signals of what was received, from which every question leads to the traces behind it. */

import { useDocumentTitle } from '@mantine/hooks'
import { useMemo, useRef } from 'react'
import { fromUnixMillis } from '#shared/model/time.ts'
import { offerText, useExportOffer } from '../../client/export-offer.ts'
import { useServiceFilter } from '../../client/service-filter.ts'
import { useSetTimeRange, useTimeRange } from '../../client/time-range.ts'
import { useUrlState } from '../../client/url-state.ts'
import { errorCode } from '../../ui/error-text.ts'
import { annotationMarks } from './annotation-marks.ts'
import type { ChartContext, SignalsState } from './chart-context.ts'
import { ErrorsChart } from './errors-chart.tsx'
import { LatencyChart } from './latency-chart.tsx'
import { LatencyHeatmap } from './latency-heatmap.tsx'
import { OperationsCard } from './operations-card.tsx'
import { NoRequests, UnknownFilter } from './overview-empty.tsx'
import { OverviewHead } from './overview-head.tsx'
import { overviewUrlSchema, toFilter } from './overview-url.ts'
import styles from './overview-view.module.css'
import { SaturationChart } from './saturation-chart.tsx'
import { zoomedOut } from './selected-traces.ts'
import { Tiles } from './tiles.tsx'
import { saturationTile, signalTiles } from './tiles-rows.ts'
import { TrafficChart } from './traffic-chart.tsx'
import { useAnnotations, useSaturation, useSignals } from './use-overview.ts'

export function OverviewView() {
  useDocumentTitle('Overview · Spanlight')
  const [url, setUrl] = useUrlState(overviewUrlSchema)
  const { service } = useServiceFilter()
  const range = useTimeRange()
  const setRange = useSetTimeRange()
  const scroller = useRef<HTMLDivElement>(null)
  const filter = useMemo(() => toFilter(url, service), [url, service])
  useExportOffer(
    useMemo(
      () => ({
        what: offerText('Traces, logs and metrics', range, service),
        selection: { service },
        range: range.resolve,
      }),
      [service, range],
    ),
  )
  const signals = useSignals(filter, range)
  const saturation = useSaturation(filter.service, range)
  const annotations = useAnnotations(range).data
  const marks = useMemo(() => annotationMarks(annotations ?? []), [annotations])

  const { start, end } = range
  const onZoomOut =
    start === undefined || end === undefined
      ? undefined
      : () => setRange(zoomedOut(BigInt(start), BigInt(end), fromUnixMillis(Date.now())))
  const context: ChartContext = { filter, view: filter.view, url, setUrl, marks, onZoomOut }
  const state: SignalsState = {
    data: signals.data,
    // What was there before is better than an error for a moment.
    error: signals.data === undefined || signals.isPlaceholderData ? signals.error : null,
    retry: () => void signals.refetch(),
  }
  const tiles = useMemo(
    () => (signals.data === undefined ? undefined : signalTiles(signals.data.overview, filter.view)),
    [signals.data, filter.view],
  )
  const fullest = saturation.now.data && saturationTile(saturation.now.data, saturation.before)

  if (errorCode(signals.error) === 'NOT_FOUND')
    return (
      <div className={styles.screen}>
        <UnknownFilter context={context} />
      </div>
    )
  const isEmpty = signals.data !== undefined && !signals.isPlaceholderData && hasNothing(signals.data.overview)
  return (
    <div ref={scroller} className={styles.screen}>
      <div className={styles.grid}>
        <OverviewHead context={context} annotations={annotations ?? []} />
        <Tiles signals={tiles} saturation={fullest} isStale={signals.isPlaceholderData} />
        {isEmpty ? (
          <>
            <div className={styles.nothing}>
              <NoRequests context={context} range={range} />
            </div>
            <div className={styles.side}>
              <SaturationChart context={context} saturation={saturation.now} signals={signals.data} />
            </div>
          </>
        ) : (
          <>
            <div className={styles.wide} data-stale={signals.isPlaceholderData || undefined}>
              <LatencyChart context={context} signals={state} />
            </div>
            <div className={styles.middle} data-stale={signals.isPlaceholderData || undefined}>
              <TrafficChart context={context} signals={state} saturation={saturation.now} />
            </div>
            <div className={styles.narrow} data-stale={signals.isPlaceholderData || undefined}>
              <ErrorsChart context={context} signals={state} />
            </div>
            <div className={styles.main} data-stale={signals.isPlaceholderData || undefined}>
              <LatencyHeatmap context={context} signals={state} />
            </div>
            <div className={styles.side}>
              <SaturationChart context={context} saturation={saturation.now} signals={signals.data} />
            </div>
            <div className={styles.all}>
              <OperationsCard context={context} service={service} range={range} scroller={scroller} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}

function hasNothing({ totals }: { readonly totals: { readonly requests: number } }): boolean {
  return totals.requests === 0
}
