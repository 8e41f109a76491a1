/** From a part of a metric's chart to the traces it was made in. */

import type { ChartSelection } from '../../ui/chart/series.ts'
import { writeDuration } from '../../ui/parse-duration.ts'
import type { Unit } from '../../ui/unit.ts'

export interface ShownPart {
  readonly selection: ChartSelection
  readonly metric: string
  readonly unit: Unit
  /** The one service behind what is on show; undefined where there are several. */
  readonly service: string | undefined
  /** The heatmap's outermost rows have no end: what is selected up to them has none either. */
  readonly isOpenBelow: boolean
  readonly isOpenAbove: boolean
}

export interface TracesSearch {
  readonly range: undefined
  readonly start: string
  readonly end: string
  readonly service?: string
  readonly of?: 'requests' | 'clients'
  readonly min?: string
  readonly max?: string
}

/** Durations that semantic conventions measure around spans of one kind: `http.server.request.duration`. */
const durationOf = /\.(server|client)\.(.*\.)?duration$/

/** That time and service; of a duration of requests or calls also these spans, and with a heatmap's rectangle how long they took. */
export function tracesOf({ selection, metric, unit, service, isOpenBelow, isOpenAbove }: ShownPart): TracesSearch {
  const side = unit.roundIn === 'duration' ? durationOf.exec(metric)?.[1] : undefined
  const { minValue, maxValue } = selection
  // A row holds what is above its lower edge, the search includes both its ends.
  const min =
    minValue === undefined || isOpenBelow || minValue <= 0 ? undefined : Math.floor(minValue * unit.factor) + 1
  const max = maxValue === undefined || isOpenAbove ? undefined : Math.floor(maxValue * unit.factor)
  return {
    range: undefined,
    start: selection.startUnixNano,
    end: selection.endUnixNano,
    ...(service === undefined ? {} : { service }),
    ...(side === undefined
      ? {}
      : {
          of: side === 'server' ? 'requests' : 'clients',
          ...(min === undefined ? {} : { min: writeDuration(min) }),
          ...(max === undefined ? {} : { max: writeDuration(max) }),
        }),
  }
}
