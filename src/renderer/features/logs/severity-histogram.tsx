/** How many logs of each level there were over time; a drag, or a click on a bar, narrows the time range. */

import { useElementSize } from '@mantine/hooks'
import { type PointerEvent, useMemo, useState } from 'react'
import type { LogHistogram } from '#shared/contract/logs.ts'
import { formatClock, formatCount, formatDuration, formatQuantity } from '../../ui/format.ts'
import {
  type Bar,
  barsOf,
  boundsBetween,
  bucketAt,
  bucketCount,
  bucketStart,
  countsIn,
  highestTotal,
  type LevelCount,
  stackOrder,
  sumOf,
  ticksOf,
  totalsOf,
} from './histogram-geometry.ts'
import styles from './severity-histogram.module.css'
import { tickLabel } from './tick-label.ts'

const barsHeight = 44
const axisHeight = 16
/** Shorter drags are clicks. */
const leastDragPx = 4

export interface SeverityHistogramProps {
  readonly histogram: LogHistogram
  readonly onSelect: (bounds: { readonly start: string; readonly end: string }) => void
}

interface Drag {
  readonly from: number
  readonly to: number
}

export function SeverityHistogram({ histogram, onSelect }: SeverityHistogramProps) {
  const { ref, width } = useElementSize()
  const [pointer, setPointer] = useState<number>()
  const [drag, setDrag] = useState<Drag>()
  const bars = useMemo(() => barsOf(histogram, { width, height: barsHeight }), [histogram, width])
  const totals = useMemo(() => totalsOf(histogram), [histogram])
  const axis = useMemo(() => {
    const zoneOffsetNs = -new Date(Number(BigInt(histogram.startUnixNano) / 1_000_000n)).getTimezoneOffset() * 60e9
    return ticksOf(histogram, width, 110, zoneOffsetNs)
  }, [histogram, width])
  const buckets = bucketCount(histogram)
  const hovered = pointer === undefined || buckets === 0 ? undefined : bucketAt(pointer, histogram, width)

  function xOf(event: PointerEvent): number {
    return event.clientX - event.currentTarget.getBoundingClientRect().left
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || buckets === 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ from: xOf(event), to: xOf(event) })
  }

  function onPointerMove(event: PointerEvent): void {
    const x = xOf(event)
    setPointer(x)
    if (drag) setDrag({ ...drag, to: x })
  }

  function onPointerUp(): void {
    setDrag(undefined)
    if (!drag || buckets === 0) return
    const isClick = Math.abs(drag.to - drag.from) < leastDragPx
    const isOnBar = bars.some((bar) => bar.bucket === bucketAt(drag.from, histogram, width))
    if (!isClick || isOnBar) onSelect(boundsBetween(drag.from, isClick ? drag.from : drag.to, histogram, width))
  }

  const step = buckets === 0 ? 0 : width / buckets
  const selection = drag && Math.abs(drag.to - drag.from) >= leastDragPx ? drag : undefined
  return (
    <div className={styles.histogram}>
      <Legend
        histogram={histogram}
        totals={totals}
        bucket={selection ? undefined : hovered}
        drag={selection}
        width={width}
      />
      <div ref={ref} className={styles.chart}>
        {/* The drag is for pointers; by keyboard the time range button does the same. */}
        <svg
          width={width}
          height={barsHeight + axisHeight}
          role="img"
          aria-label={summary(histogram, totals)}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => setDrag(undefined)}
          onPointerLeave={() => setPointer(undefined)}
        >
          <title>{summary(histogram, totals)}</title>
          {axis.ticks.map((tick) => (
            <g key={String(tick.timeUnixNano)}>
              <line className={styles.tick} x1={tick.x} x2={tick.x} y1={0} y2={barsHeight} />
              <text
                className={styles.tickLabel}
                x={tick.x}
                y={barsHeight + 12}
                textAnchor={tick.x < 30 ? 'start' : tick.x > width - 30 ? 'end' : 'middle'}
              >
                {tickLabel(tick.timeUnixNano, axis.stepNs)}
              </text>
            </g>
          ))}
          {hovered === undefined || selection ? null : (
            <rect className={styles.hovered} x={hovered * step} y={0} width={step} height={barsHeight} />
          )}
          {stackOrder.map((level) => (
            <path key={level} className={styles[level]} d={pathOf(bars, level)} />
          ))}
          <line className={styles.base} x1={0} x2={width} y1={barsHeight} y2={barsHeight} />
          {selection ? (
            <rect
              className={styles.selection}
              x={Math.max(0, Math.min(selection.from, selection.to))}
              y={0}
              width={Math.abs(selection.to - selection.from)}
              height={barsHeight}
            />
          ) : null}
        </svg>
      </div>
    </div>
  )
}

interface LegendProps {
  readonly histogram: LogHistogram
  readonly totals: readonly LevelCount[]
  readonly bucket: number | undefined
  readonly drag: Drag | undefined
  readonly width: number
}

/** Counts of the whole range, of the bar under the pointer, or the times a drag has reached. */
function Legend({ histogram, totals, bucket, drag, width }: LegendProps) {
  const counts = bucket === undefined ? totals : countsIn(histogram, bucket)
  const bounds = drag ? boundsBetween(drag.from, drag.to, histogram, width) : undefined
  return (
    <div className={styles.legend} aria-hidden="true">
      <span className={styles.total}>{formatQuantity(sumOf(counts), 'log')}</span>
      {counts.map(({ level, count }) => (
        <span key={level} className={styles.entry}>
          <span className={`${styles.swatch} ${styles[level]}`} />
          {level} <b>{formatCount(count)}</b>
        </span>
      ))}
      <span className={styles.when}>
        {bounds
          ? `${formatClock(bounds.start)} – ${formatClock(bounds.end)}`
          : bucket === undefined || totals.length === 0
            ? scaleText(histogram)
            : `${formatClock(bucketStart(histogram, bucket))} – ${formatClock(bucketStart(histogram, bucket + 1))}`}
      </span>
    </div>
  )
}

/** What the height of the chart stands for. */
function scaleText(histogram: LogHistogram): string {
  const highest = highestTotal(histogram)
  return highest === 0 ? '' : `at most ${formatCount(highest)} in ${formatDuration(histogram.stepNs)} · drag to zoom`
}

/** One path per level, however many bars there are. */
function pathOf(bars: readonly Bar[], level: string): string {
  let path = ''
  for (const bar of bars) {
    const segment = bar.segments.find((candidate) => candidate.level === level)
    if (segment)
      path += `M${bar.x.toFixed(1)} ${segment.y.toFixed(1)}h${bar.width.toFixed(1)}v${segment.height.toFixed(1)}h${(-bar.width).toFixed(1)}z`
  }
  return path
}

function summary(histogram: LogHistogram, totals: readonly LevelCount[]): string {
  const buckets = bucketCount(histogram)
  if (buckets === 0) return 'Severity histogram: no logs'
  const levels = totals.map(({ level, count }) => `${formatCount(count)} ${level}`).join(', ')
  const from = formatClock(bucketStart(histogram, 0))
  const to = formatClock(bucketStart(histogram, buckets))
  return `Severity histogram: ${formatQuantity(sumOf(totals), 'log')} from ${from} to ${to}; ${levels}`
}
