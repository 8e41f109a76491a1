/** What can be done with the selected part of a chart: see its traces, zoom in, open the slowest one. */

import { Button } from '@mantine/core'
import { IconZoomIn } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { OverviewExemplar } from '#shared/contract/overview.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import type { ChartSelection } from '../../ui/chart/series.ts'
import { formatDuration, formatQuantity } from '../../ui/format.ts'
import type { TraceSearch } from './selected-traces.ts'
import styles from './selection-menu.module.css'
import type { ViewWords } from './view-words.ts'

export interface SelectionMenuProps {
  readonly selection: ChartSelection
  readonly search: TraceSearch
  readonly count: number
  readonly words: ViewWords
  /** A real one among them, the slowest known. */
  readonly slowest?: OverviewExemplar | undefined
  readonly onClose: () => void
}

export function SelectionMenu({ selection, search, count, words, slowest, onClose }: SelectionMenuProps) {
  const setRange = useSetTimeRange()
  return (
    <>
      <Button
        variant="filled"
        data-autofocus
        disabled={count === 0}
        renderRoot={(root) => <Link {...root} to="/traces" search={search} />}
        onClick={onClose}
      >
        Show these traces
      </Button>
      <span className={styles.count}>
        {count === 0 ? `no ${words.many}` : formatQuantity(count, words.one, words.many)}
      </span>
      {slowest === undefined ? null : (
        <Button
          renderRoot={(root) => (
            <Link
              {...root}
              to="/traces/$traceId"
              params={{ traceId: slowest.traceId }}
              search={{ span: slowest.spanId }}
            />
          )}
          onClick={onClose}
        >
          Slowest: {formatDuration(slowest.durationNs)}
        </Button>
      )}
      <Button
        leftSection={<IconZoomIn size={14} aria-hidden="true" />}
        onClick={() => {
          onClose()
          setRange({ start: selection.startUnixNano, end: selection.endUnixNano })
        }}
      >
        Zoom in
      </Button>
    </>
  )
}
