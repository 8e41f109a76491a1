/** What can be done with a selected part of a metric's chart. */

import { Button } from '@mantine/core'
import { IconTimelineEvent, IconZoomIn } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { MetricExemplar } from '#shared/contract/metric-chart.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import { highestWithin } from './exemplar-dots.ts'
import { type ShownPart, tracesOf } from './shown-traces.ts'

export interface SelectionMenuProps extends ShownPart {
  readonly exemplars: readonly MetricExemplar[]
  readonly onOpen: (exemplar: MetricExemplar) => void
  readonly onClose: () => void
}

export function SelectionMenu({ exemplars, onOpen, onClose, ...part }: SelectionMenuProps) {
  const setRange = useSetTimeRange()
  const { selection, unit } = part
  const highest = highestWithin(exemplars, selection)
  const closeAnd = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <>
      <Button
        variant="filled"
        leftSection={<IconTimelineEvent size={14} aria-hidden="true" />}
        onClick={onClose}
        renderRoot={(root) => <Link {...root} to="/traces" search={{ ...tracesOf(part) }} />}
      >
        Show these traces
      </Button>
      {highest === undefined ? null : (
        <Button onClick={closeAnd(() => onOpen(highest))}>Open the trace of {unit.format(highest.value)}</Button>
      )}
      <Button
        leftSection={<IconZoomIn size={14} aria-hidden="true" />}
        onClick={closeAnd(() => setRange({ start: selection.startUnixNano, end: selection.endUnixNano }))}
      >
        Zoom in
      </Button>
    </>
  )
}
