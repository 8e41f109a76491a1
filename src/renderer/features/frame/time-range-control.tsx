/** The time range of every screen: named ranges that end now, everything, or a custom from–to. */

import { Button, Popover, TextInput } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useSetTimeRange, useTimeRange } from '../../client/time-range.ts'
import {
  liveSpans,
  type NamedRange,
  type RangeBounds,
  rangeLabels,
  type TimeRange,
} from '../../client/time-range-url.ts'
import { exactInstant, formatInstant } from '../../ui/format.ts'
import { fromLocalInput, toLocalInput } from './local-time.ts'
import styles from './time-range-control.module.css'
import bar from './top-bar.module.css'

const names: readonly NamedRange[] = [...liveSpans, 'all']

export function TimeRangeControl() {
  const range = useTimeRange()
  const setRange = useSetTimeRange()
  const [isOpen, setOpen] = useState(false)

  function choose(next: NamedRange | RangeBounds) {
    setRange(next)
    setOpen(false)
  }

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={430} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={bar.range}
          aria-label="Time range"
          aria-describedby="time-range-value"
          title={exactRange(range)}
          onClick={() => setOpen(!isOpen)}
        >
          {range.live && range.name !== 'all' ? <span className={`${bar.dot} ${bar.ok}`} aria-hidden="true" /> : null}
          <span id="time-range-value">{shortRange(range)}</span>
          <IconChevronDown size={13} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Time range" className={styles.panel}>
        <ul className={styles.names}>
          {names.map((name) => (
            <li key={name}>
              <button
                type="button"
                className={styles.name}
                aria-pressed={range.name === name}
                data-autofocus={range.name === name ? true : undefined}
                onClick={() => choose(name)}
              >
                <span className={styles.check}>
                  {range.name === name ? <IconCheck size={13} aria-hidden="true" /> : null}
                </span>
                {rangeLabels[name]}
              </button>
            </li>
          ))}
        </ul>
        <CustomRange range={range} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface CustomRangeProps {
  readonly range: TimeRange
  readonly onChoose: (bounds: RangeBounds) => void
}

function CustomRange({ range, onChoose }: CustomRangeProps) {
  const [from, setFrom] = useState(() => (range.start === undefined ? '' : toLocalInput(BigInt(range.start))))
  const [to, setTo] = useState(() => (range.end === undefined ? '' : toLocalInput(BigInt(range.end))))
  const start = fromLocalInput(from)
  const end = fromLocalInput(to)
  const isReversed = start !== undefined && end !== undefined && start >= end
  const isEmpty = start === undefined && end === undefined

  function apply(event: FormEvent) {
    event.preventDefault()
    if (isReversed || isEmpty) return
    onChoose({
      ...(start === undefined ? {} : { start: String(start) }),
      ...(end === undefined ? {} : { end: String(end) }),
    })
  }

  return (
    <form className={styles.custom} onSubmit={apply}>
      <TextInput
        type="datetime-local"
        step={1}
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label="To"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={isReversed ? 'Must be after From' : undefined}
        description="Empty: until now"
      />
      <Button type="submit" variant="filled" disabled={isReversed || isEmpty}>
        Show this range
      </Button>
    </form>
  )
}

function shortRange(range: TimeRange): string {
  if (range.name !== undefined) return range.label
  if (range.start !== undefined && range.end !== undefined) return `${clockTime(range.start)} – ${clockTime(range.end)}`
  return range.start !== undefined ? `Since ${clockTime(range.start)}` : `Until ${clockTime(range.end ?? '0')}`
}

function clockTime(instant: string): string {
  return formatInstant(instant).replace(/\.\d+$/, '')
}

function exactRange(range: TimeRange): string {
  if (range.name === 'all') return 'Everything in the store'
  if (range.name !== undefined) return 'Ends now and moves along'
  return `${range.start === undefined ? '…' : exactInstant(range.start)} – ${range.end === undefined ? 'now' : exactInstant(range.end)}`
}
