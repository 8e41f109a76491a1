/** What the logs are narrowed to, and whether they are followed. */

import { ActionIcon, Popover, Select, Switch, TextInput, Tooltip } from '@mantine/core'
import { IconHelp, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import styles from './logs-toolbar.module.css'
import { type MinimumLevel, minimumLevels } from './logs-url.ts'

/** Long enough to finish a word, short enough to feel at once. */
const typingPauseMs = 200

export interface LogsToolbarProps {
  readonly q: string | undefined
  readonly onSearch: (q: string | undefined) => void
  readonly severity: MinimumLevel | undefined
  readonly onSeverity: (severity: MinimumLevel | undefined) => void
  readonly tail: boolean
  readonly onTail: (on: boolean) => void
  /** False for a range that has ended: nothing new can come into it. */
  readonly canTail: boolean
  /** Paused: live tail is on, but the list is scrolled up. Behind: what is new could not be loaded. */
  readonly state: 'paused' | 'behind' | undefined
  readonly searchRef: RefObject<HTMLInputElement | null>
  /** What stands at its end. */
  readonly end: ReactNode
  /** Gives the focus back to the list. */
  readonly onLeaveSearch: () => void
}

const severityOptions = minimumLevels.map((level) => ({
  value: level,
  label: level === 'fatal' ? 'Fatal only' : `${level.charAt(0).toUpperCase()}${level.slice(1)} and above`,
}))

export function LogsToolbar(props: LogsToolbarProps) {
  const { severity, onSeverity, tail, onTail, canTail, state, end } = props
  return (
    <div className={styles.toolbar}>
      <Search {...props} />
      <Select
        className={styles.severity ?? ''}
        aria-label="Minimum severity"
        placeholder="All levels"
        data={severityOptions}
        value={severity ?? null}
        onChange={(value) => onSeverity(minimumLevels.find((level) => level === value))}
        clearable
        comboboxProps={{ shadow: 'md' }}
      />
      <span className={styles.tail}>
        <span className={styles.state}>{state === 'behind' ? 'not up to date' : state}</span>
        <Tooltip
          label={
            canTail
              ? 'Follow new logs as they arrive'
              : 'This time range has ended; choose a live one to follow new logs'
          }
        >
          <Switch
            label="Live tail"
            checked={tail && canTail}
            disabled={!canTail}
            onChange={(event) => onTail(event.currentTarget.checked)}
          />
        </Tooltip>
      </span>
      {end}
    </div>
  )
}

function Search({ q = '', onSearch, searchRef, onLeaveSearch }: LogsToolbarProps) {
  const [draft, setDraft] = useState(q)
  const sent = useRef(q)
  // The address can change by itself: back, forward, a link, "Clear search".
  useEffect(() => {
    if (q === sent.current) return
    sent.current = q
    setDraft(q)
  }, [q])

  const send = useRef(onSearch)
  send.current = onSearch
  useEffect(() => {
    if (draft === sent.current) return
    const timer = setTimeout(() => {
      sent.current = draft
      send.current(draft === '' ? undefined : draft)
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [draft])

  function sendNow(text: string): void {
    setDraft(text)
    sent.current = text
    onSearch(text === '' ? undefined : text)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') sendNow(draft)
    else if (event.key === 'Escape') onLeaveSearch()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.search}>
      <TextInput
        ref={searchRef}
        className={styles.input ?? ''}
        aria-label="Search logs"
        aria-describedby="logs-search-hint"
        placeholder="Search logs"
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={
          draft === '' ? (
            <span className="kbd" aria-hidden="true">
              /
            </span>
          ) : (
            <ActionIcon aria-label="Clear the search text" size={20} onClick={() => sendNow('')}>
              <IconX size={13} />
            </ActionIcon>
          )
        }
      />
      <span id="logs-search-hint" className="visually-hidden">
        Words that all occur, each also as a beginning. Quotes make a phrase, a minus excludes.
      </span>
      <SearchHelp />
    </div>
  )
}

const examples = [
  { query: 'card declined', meaning: 'both words, in any order; each may be the beginning of a longer one' },
  { query: '"card declined"', meaning: 'these words next to each other' },
  { query: 'declined -test', meaning: 'declined, but nothing with test' },
]

function SearchHelp() {
  return (
    <Popover position="bottom-start" width={360}>
      <Popover.Target>
        <ActionIcon aria-label="How to search logs">
          <IconHelp size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={styles.help}>
          {examples.map(({ query, meaning }) => (
            <div key={query}>
              <dt className="mono">{query}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.helpNote}>Searches the body, the event name, and an exception's type and message.</p>
      </Popover.Dropdown>
    </Popover>
  )
}
