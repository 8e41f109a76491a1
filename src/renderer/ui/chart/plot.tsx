/** The frame of a chart's plot: axes, marks and canvas, and above them crosshair, selection, tooltip and dots. */

import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useCallback, useId, useRef, useState } from 'react'
import { type ChartGroup, useGroupState } from './chart-group.ts'
import { ChartMarks, marksAt } from './chart-marks.tsx'
import { useOnSheet } from './chart-sheet.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import { Exemplars } from './exemplars.tsx'
import styles from './plot.module.css'
import { axisHeightPx, PlotAxes, type RightAxis, rightAxisPx } from './plot-axes.tsx'
import { PlotSelection } from './plot-selection.tsx'
import type { PlotPlace } from './selection.ts'
import type { ChartExemplar, ChartMark, ChartSelection } from './series.ts'
import { bucketOf, type TimeGrid } from './time-grid.ts'
import { type TooltipContent, withMarks } from './tooltip-content.ts'
import { type PlotRows, usePlotActions } from './use-plot-actions.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

export interface PlotSize {
  readonly width: number
  readonly height: number
}

/** What charts of every kind take. */
export interface PlotProps {
  /** Name of the chart, for a screen reader. */
  readonly label: string
  readonly grid: TimeGrid
  /** Height of the plot in px, without the time axis below it. */
  readonly height: number
  /** What values are in, for tables made of them; empty for plain numbers. */
  readonly unit?: string
  /** A value as the axis shows it: short. */
  readonly formatTick: (value: number) => string
  /** An upright axis more, for series of another unit. */
  readonly rightAxis?: RightAxis | undefined
  /** Charts of one group share crosshair and selection. */
  readonly group?: string
  readonly marks?: readonly ChartMark[]
  readonly exemplars?: readonly ChartExemplar[]
  readonly onOpenExemplar?: (id: string) => void
  /** What can be done with a selection; without it nothing can be selected. */
  readonly selectionMenu?: (selection: ChartSelection, close: () => void) => ReactNode
  /** Double click. */
  readonly onZoomOut?: () => void
}

interface PlotInnerProps extends Omit<PlotProps, 'group'> {
  readonly group: ChartGroup
  readonly axis: ValueAxis
  readonly rows?: PlotRows
  readonly tooltip: (place: PlotPlace) => TooltipContent
  /** The canvas. */
  readonly children: (size: PlotSize) => ReactNode
}

export function Plot(props: PlotInnerProps) {
  const { label, grid, height, axis, rightAxis, formatTick, group, rows, tooltip, selectionMenu } = props
  const chart = useId()
  const { ref, width } = useElementSize()
  const plot = useRef<HTMLDivElement>(null)
  const { cursor, selection } = useGroupState(group)
  const canSelect = selectionMenu !== undefined
  const { clear, pointAtInstant, ...actions } = usePlotActions({
    chart,
    plot,
    grid,
    rows,
    group,
    canSelect,
    onZoomOut: props.onZoomOut,
  })
  const close = useCallback(() => {
    group.select(undefined)
    plot.current?.focus({ preventScroll: true })
  }, [group])

  /** A dot lies above the plot and takes its pointer: what holds for the plot goes on, and the tooltip tells what a click does. */
  const [dotId, setDotId] = useState<string>()
  const dot = props.exemplars?.find(({ id }) => id === dotId)
  function pointAtDot(exemplar: ChartExemplar | undefined): void {
    setDotId(exemplar?.id)
    if (exemplar === undefined) actions.onPointerLeave()
    else pointAtInstant(exemplar.unixNano)
  }

  const bucketPx = grid.count === 0 ? 0 : width / grid.count
  const bucket = cursor === undefined ? undefined : bucketOf(grid, cursor.unixNano)
  const own = cursor?.chart === chart && bucket !== undefined ? cursor : undefined
  const content =
    own === undefined || bucket === undefined
      ? undefined
      : withMarks(tooltip({ bucket, row: own.row }), marksAt(props.marks ?? [], grid, bucket))
  useOnSheet('plot', {
    grid,
    axis,
    rightAxis,
    formatTick,
    width,
    height,
    marks: props.marks ?? [],
    exemplars: props.onOpenExemplar === undefined ? [] : (props.exemplars ?? []),
  })
  const isSelecting = selection !== undefined && selection.chart === chart && !selection.isDone
  return (
    <div
      className={styles.frame}
      style={{ height: height + axisHeightPx, paddingRight: rightAxis === undefined ? 0 : rightAxisPx }}
    >
      <div ref={ref} className={styles.area} style={{ height }}>
        <PlotAxes grid={grid} axis={axis} rightAxis={rightAxis} formatTick={formatTick} width={width} height={height} />
        {width > 0 ? props.children({ width, height }) : null}
        <div
          ref={plot}
          className={styles.pointer}
          role="slider"
          aria-roledescription="chart"
          aria-label={`${label}, plot`}
          aria-describedby={`${chart}keys`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, grid.count - 1)}
          aria-valuenow={bucket ?? Math.max(0, grid.count - 1)}
          aria-valuetext={content?.text ?? 'nothing pointed at'}
          tabIndex={0}
          {...actions}
          onPointerCancel={clear}
        >
          {bucket === undefined ? null : (
            <div className={styles.crosshair} style={{ left: (bucket + 0.5) * bucketPx }} aria-hidden="true" />
          )}
          {own?.row === undefined || rows === undefined || bucket === undefined ? null : (
            <CellOutline row={own.row} rows={rows} axis={axis} left={bucket * bucketPx} width={bucketPx} />
          )}
        </div>
        <PlotSelection
          selection={selection}
          isOwn={selection?.chart === chart}
          label={label}
          grid={grid}
          axis={axis}
          menu={selectionMenu}
          onClose={close}
        />
        <ChartMarks marks={props.marks ?? []} grid={grid} width={width} />
        <Exemplars
          exemplars={props.exemplars ?? []}
          onOpen={props.onOpenExemplar}
          onPoint={pointAtDot}
          grid={grid}
          axis={axis}
        />
        <p id={`${chart}keys`} hidden>
          Arrow keys move through time
          {canSelect ? '; with Shift they select, Enter shows what can be done with it, Escape clears it' : ''}.
        </p>
        <div className="visually-hidden" aria-live="polite">
          {own?.isByKey === true ? content?.text : ''}
        </div>
        {content === undefined || (selection?.isDone === true && !own?.isByKey) ? null : (
          <ChartTooltip
            plot={plot}
            content={content}
            action={dot?.label}
            x={((bucket ?? 0) + 0.5) * bucketPx}
            isQuiet={isSelecting}
          />
        )}
      </div>
    </div>
  )
}

interface CellOutlineProps {
  readonly row: number
  readonly rows: PlotRows
  readonly axis: ValueAxis
  readonly left: number
  readonly width: number
}

/** The cell of a heatmap that is pointed at. */
function CellOutline({ row, rows, axis, left, width }: CellOutlineProps) {
  const [low, high] = [rows.bounds[row], rows.bounds[row + 1]]
  if (low === undefined || high === undefined) return null
  const [bottom, top] = [axisPosition(axis, low), axisPosition(axis, high)]
  return (
    <div
      className={styles.cell}
      aria-hidden="true"
      style={{ left, width, bottom: `${bottom * 100}%`, height: `${(top - bottom) * 100}%` }}
    />
  )
}
