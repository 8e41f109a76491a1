/** The active cell of a result: its whole value, to read and to copy. */

import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { SqlColumn, SqlRow, SqlTable } from '#shared/contract/sql.ts'
import { sqlText } from '#shared/contract/sql-formats.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import pane from '../../ui/side-pane.module.css'
import { exactText, kindOf, meaningOf, wholeText } from './result-cells.ts'
import styles from './value-pane.module.css'

export interface ValuePaneProps {
  readonly columns: readonly SqlColumn[]
  readonly tables: readonly SqlTable[]
  readonly cells: SqlRow
  readonly row: number
  readonly column: number
  readonly onClose: () => void
}

export function ValuePane({ columns, tables, cells, row, column, onClose }: ValuePaneProps) {
  const cell = cells[column] ?? null
  const about = columns[column]
  const meaning = about === undefined ? 'plain' : meaningOf(about, tables)
  return (
    <section aria-label="Value" className={pane.pane}>
      <header className={pane.head}>
        <h2 className={styles.name}>{about?.name}</h2>
        <span className={styles.kind}>
          row {row + 1}, {kindOf(cell)}
        </span>
        <ActionIcon aria-label="Close the value" size={22} onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      <pre className={styles.text}>{wholeText(cell, meaning)}</pre>
      <footer className={styles.foot}>
        <CopyButton text={() => exactText(cell, meaning)} label="Copy value" caption="Copy value" />
        <CopyButton
          text={() => sqlText('jsonl', columns).rows([cells]).trim()}
          label="Copy row as JSON"
          caption="Copy row"
        />
      </footer>
    </section>
  )
}
