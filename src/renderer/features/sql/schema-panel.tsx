/** What can be asked: views and tables with their columns and what these are for. A click writes the name. */

import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconChevronRight, IconLayoutSidebarLeftCollapse, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { SqlTable } from '#shared/contract/sql.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import pane from '../../ui/side-pane.module.css'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import styles from './schema-panel.module.css'
import { type SchemaColumn, schemaRows } from './schema-rows.ts'

export interface SchemaPanelProps {
  /** Undefined while they are awaited. */
  readonly tables: readonly SqlTable[] | undefined
  readonly error: unknown
  readonly onRetry: () => void
  /** Writes a text where the cursor stands. */
  readonly onInsert: (text: string) => void
  readonly onHide: () => void
}

export function SchemaPanel({ tables, error, onRetry, onInsert, onHide }: SchemaPanelProps) {
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['spans']))
  const rows = useMemo(() => schemaRows(tables ?? [], search), [tables, search])
  const toggle = (name: string): void =>
    setOpen((before) => new Set(before.has(name) ? [...before].filter((each) => each !== name) : [...before, name]))

  return (
    <section aria-label="Schema" className={pane.pane}>
      <header className={pane.head}>
        <TextInput
          className={pane.search ?? ''}
          aria-label="Search the schema"
          placeholder="Tables, columns, meanings"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
        />
        <Tooltip label="Hide the schema">
          <ActionIcon aria-label="Hide the schema" onClick={onHide}>
            <IconLayoutSidebarLeftCollapse size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={`${pane.scroller} ${styles.tables}`}>
        {error !== null && error !== undefined && tables === undefined ? (
          <ErrorState error={error} onRetry={onRetry} />
        ) : tables === undefined ? (
          <SkeletonRows rows={14} label="Loading the schema" />
        ) : rows.length === 0 ? (
          <p className={pane.none}>No table, column or description has this text.</p>
        ) : (
          rows.map(({ heading, tables: group }) => (
            <section key={heading} aria-label={heading}>
              <h2 className={styles.heading}>{heading}</h2>
              {group.map(({ table, columns }) => {
                const isOpen = search !== '' || open.has(table.name)
                return (
                  <div key={table.name}>
                    <div className={styles.table}>
                      <ActionIcon
                        size={20}
                        aria-label={`Columns of ${table.name}`}
                        aria-expanded={isOpen}
                        onClick={() => toggle(table.name)}
                      >
                        <IconChevronRight size={14} className={styles.chevron} data-open={isOpen || undefined} />
                      </ActionIcon>
                      <button
                        type="button"
                        className={styles.name}
                        title={`${table.about}\nClick to write it`}
                        onClick={() => onInsert(table.name)}
                      >
                        {table.name}
                      </button>
                    </div>
                    {isOpen ? <Columns about={table.about} columns={columns} onInsert={onInsert} /> : null}
                  </div>
                )
              })}
            </section>
          ))
        )}
      </div>
    </section>
  )
}

interface ColumnsProps {
  readonly about: string
  readonly columns: readonly SchemaColumn[]
  readonly onInsert: (text: string) => void
}

function Columns({ about, columns, onInsert }: ColumnsProps) {
  return (
    <>
      {about === '' ? null : <p className={styles.about}>{about}</p>}
      <ul className={styles.columns}>
        {columns.map(({ name, type, meaning, written }) => (
          <li key={name}>
            <button
              type="button"
              className={styles.column}
              title={`${meaning}\nClick to write ${written}`}
              onClick={() => onInsert(written)}
            >
              <span className={styles.columnName}>{name}</span>
              <span className={styles.type}>{type}</span>
              <span className={styles.meaning}>{meaning}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
