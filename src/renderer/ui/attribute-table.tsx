/** Attributes as names and values: each copied with one click, long ones opened on demand, many of them filtered. */

import { TextInput } from '@mantine/core'
import { type MouseEvent, useState } from 'react'
import styles from './attribute-table.module.css'
import { attributeText } from './attribute-text.ts'
import { copyText } from './copy-button.tsx'
import { LongText } from './long-text.tsx'
import { printable, printableLine } from './printable.ts'

const filterAbove = 15
const longValue = 120
const copiedMs = 1_400

export interface AttributeTableProps {
  readonly attributes: Readonly<Record<string, unknown>>
  /** Names the list for a screen reader, such as "Attributes". */
  readonly label: string
}

export function AttributeTable({ attributes, label }: AttributeTableProps) {
  const [filter, setFilter] = useState('')
  const [copied, setCopied] = useState<string | undefined>(undefined)
  const entries = Object.entries(attributes)
  const wanted = filter.trim().toLowerCase()
  const shown =
    wanted === ''
      ? entries
      : entries.filter(([name, value]) => `${name} ${attributeText(value)}`.toLowerCase().includes(wanted))

  // One listener for all: a button component with a tooltip of its own per value would slow every selection down.
  async function click(event: MouseEvent) {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null
    if (!(button instanceof HTMLElement)) return
    const name = button.dataset.copy ?? ''
    if (!(await copyText(attributeText(attributes[name])))) return
    setCopied(name)
    setTimeout(() => setCopied((now) => (now === name ? undefined : now)), copiedMs)
  }

  return (
    <>
      {entries.length > filterAbove ? (
        <TextInput
          className={styles.filter ?? ''}
          aria-label={`Filter ${label.toLowerCase()}`}
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      ) : null}
      <dl className={styles.list} aria-label={label} onClick={click}>
        {shown.map(([name, value]) => {
          const text = attributeText(value)
          const shownName = printableLine(name, 300)
          const isLong = text.length > longValue || text.includes('\n')
          return (
            <div key={name} className={styles.entry}>
              <dt className={styles.name} title={shownName}>
                {shownName}
              </dt>
              <dd className={styles.value}>
                {isLong ? <Long text={text} /> : text === '' ? <span className="faint">empty</span> : printable(text)}
              </dd>
              <button type="button" className={styles.copy} data-copy={name} aria-label={`Copy ${shownName}`}>
                {copied === name ? 'copied' : 'copy'}
              </button>
            </div>
          )
        })}
      </dl>
      {shown.length === 0 && wanted !== '' ? <p className="faint">Nothing contains “{filter}”.</p> : null}
      <span role="status" className="visually-hidden">
        {copied === undefined ? '' : `Copied ${printableLine(copied, 300)}`}
      </span>
    </>
  )
}

function Long({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      {open ? <LongText text={text} /> : <span className={styles.short}>{printable(text.slice(0, longValue))}</span>}
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'less' : 'more'}
      </button>
    </>
  )
}
