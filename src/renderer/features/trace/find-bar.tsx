/** The "Find in trace" field with its count, steps and the switch to show matches only. */

import { ActionIcon, Checkbox, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Ref } from 'react'
import { formatCount } from '../../ui/format.ts'
import styles from './trace-toolbar.module.css'
import type { Find } from './use-find.ts'

export interface FindBarProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly find: Find
  /** Which of the matches is selected, from 1; 0 for none. */
  readonly ordinal: number
  readonly onStep: (step: 1 | -1) => void
  readonly onLeave: () => void
  readonly onlyMatches: boolean
  readonly onOnlyMatches: (only: boolean) => void
  readonly ref: Ref<HTMLInputElement>
}

export function FindBar(props: FindBarProps) {
  const { text, find, ordinal, onStep } = props
  const active = find.matches !== undefined
  return (
    <div className={styles.find}>
      <TextInput
        ref={props.ref}
        className={styles.findField ?? ''}
        aria-label="Find in trace"
        placeholder="Find in trace"
        title="Service, operation, ids, attributes, events. Enter: next, Shift+Enter: previous"
        value={text}
        onChange={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') props.onLeave()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        rightSectionWidth={active ? 84 : 28}
        rightSectionPointerEvents="none"
        rightSection={
          active ? (
            <span className={styles.count}>{countText(find, ordinal)}</span>
          ) : (
            <span className="kbd" aria-hidden="true">
              /
            </span>
          )
        }
      />
      <span role="status" className="visually-hidden">
        {active && !find.searching ? countText(find, ordinal) : ''}
      </span>
      {active ? (
        <>
          <ActionIcon aria-label="Previous match" onClick={() => onStep(-1)} size={22}>
            <IconChevronUp size={15} />
          </ActionIcon>
          <ActionIcon aria-label="Next match" onClick={() => onStep(1)} size={22}>
            <IconChevronDown size={15} />
          </ActionIcon>
          <Checkbox
            label="Only matches"
            checked={props.onlyMatches}
            onChange={(event) => props.onOnlyMatches(event.currentTarget.checked)}
          />
        </>
      ) : null}
    </div>
  )
}

/** `3 of 17`; `17` while none of them is selected. */
function countText({ matches, searching, error }: Find, ordinal: number): string {
  const count = matches?.rows.length ?? 0
  const more = searching ? '…' : error ? ' (names only)' : ''
  if (count === 0) return searching ? 'searching…' : `no match${more}`
  return ordinal > 0 ? `${formatCount(ordinal)} of ${formatCount(count)}${more}` : `${formatCount(count)} found${more}`
}
