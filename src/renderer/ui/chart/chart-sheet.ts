/** What the chart of a card has drawn, told to the card, which can save it as a picture or a table. */

import { createContext, useContext, useEffect } from 'react'
import type { HeatGrid } from './heat-cells.ts'
import type { RightAxis } from './plot-axes.tsx'
import type { ChartExemplar, ChartMark, ChartSeries } from './series.ts'
import type { TimeGrid } from './time-grid.ts'
import type { ValueAxis } from './value-axis.ts'

export interface DrawnPlot {
  readonly grid: TimeGrid
  readonly axis: ValueAxis
  readonly rightAxis: RightAxis | undefined
  readonly formatTick: (value: number) => string
  /** Of the plot, in px. */
  readonly width: number
  readonly height: number
  readonly marks: readonly ChartMark[]
  readonly exemplars: readonly ChartExemplar[]
}

/** Values as they are, in `unit`; empty for plain numbers. */
export type DrawnData =
  | { readonly kind: 'series'; readonly series: readonly ChartSeries[]; readonly unit: string }
  | { readonly kind: 'heat'; readonly heat: HeatGrid; readonly unit: string; readonly noun: string }

export interface DrawnChart {
  readonly plot: DrawnPlot
  readonly data: DrawnData
  /** The canvas within the plot, bleed included, with so many pixels for each px. */
  readonly canvas: (pixelRatio: number) => HTMLCanvasElement
}

/** The parts come from the components that know them. */
export interface ChartSheet {
  readonly set: (parts: Partial<DrawnChart>) => void
  readonly clear: (names: readonly (keyof DrawnChart)[]) => void
  /** Undefined until all of it is there. */
  readonly read: () => DrawnChart | undefined
}

/** `onChange` hears whether there is a chart, whenever that may have changed. */
export function chartSheet(onChange: (isDrawn: boolean) => void): ChartSheet {
  let drawn: Partial<DrawnChart> = {}
  const read = (): DrawnChart | undefined => {
    const { plot, data, canvas } = drawn
    return plot && data && canvas ? { plot, data, canvas } : undefined
  }
  const change = (next: Partial<DrawnChart>): void => {
    drawn = next
    onChange(read() !== undefined)
  }
  return {
    set: (parts) => change({ ...drawn, ...parts }),
    clear: (names) =>
      change(Object.fromEntries(Object.entries(drawn).filter(([name]) => !names.some((n) => n === name)))),
    read,
  }
}

export const ChartSheetContext = createContext<ChartSheet | undefined>(undefined)

/** Tells the card around it, if there is one; what is no longer drawn is taken back. */
export function useOnSheet<Name extends keyof DrawnChart>(name: Name, part: DrawnChart[Name]): void {
  const sheet = useContext(ChartSheetContext)
  useEffect(() => sheet?.set({ [name]: part }))
  useEffect(() => () => sheet?.clear([name]), [sheet, name])
}
