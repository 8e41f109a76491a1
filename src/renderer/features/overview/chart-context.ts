/** What every chart of the Overview is told. */

import type { SpanView } from '#shared/contract/overview.ts'
import type { ChartMark } from '../../ui/chart/series.ts'
import type { OverviewFilter, OverviewUrl } from './overview-url.ts'
import type { Signals } from './use-overview.ts'

/** Charts with this name of a group share crosshair and selection. */
export const chartGroup = 'overview'

export interface ChartContext {
  readonly filter: OverviewFilter
  readonly view: SpanView
  readonly url: OverviewUrl
  readonly setUrl: (patch: Partial<OverviewUrl>) => void
  readonly marks: readonly ChartMark[]
  /** Undefined for a range that has nothing around it. */
  readonly onZoomOut: (() => void) | undefined
}

/** What a chart of the signals shows: its data, or why there is none yet. */
export interface SignalsState {
  readonly data: Signals | undefined
  readonly error: unknown
  readonly retry: () => void
}
