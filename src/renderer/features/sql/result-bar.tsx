/** Above a result: how it went, table or chart, and ways to take it along. */

import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { downloadResult, resultText } from './download.ts'
import { resultSummary } from './result-summary.ts'
import styles from './sql-view.module.css'
import type { Statement } from './use-statement.ts'

export interface ResultBarProps {
  readonly statement: Statement
  readonly view: 'table' | 'chart'
  readonly onView: (view: 'table' | 'chart') => void
}

export function ResultBar({ statement, view, onView }: ResultBarProps) {
  const { columns, rows } = statement
  const { text, missing } = resultSummary(statement)
  const isEmpty = rows.length === 0
  const [problem, setProblem] = useState('')
  const download = (format: 'csv' | 'json'): void => {
    setProblem('')
    downloadResult(format, columns, rows).catch((error: unknown) =>
      setProblem(`Not downloaded: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  return (
    <div className={styles.resultBar}>
      <span role="status" aria-label="Result of the statement" className={styles.summary}>
        {text}
      </span>
      {missing === undefined ? null : <span className={styles.missing}>{missing}</span>}
      {problem === '' ? null : (
        <span role="alert" className={styles.missing}>
          {problem}
        </span>
      )}
      <span className={styles.space} />
      <SegmentedControl
        aria-label="Shown as"
        data={[
          { value: 'table', label: 'Table' },
          { value: 'chart', label: 'Chart' },
        ]}
        value={view}
        onChange={(value) => onView(value === 'chart' ? 'chart' : 'table')}
      />
      <CopyButton text={() => resultText('markdown', columns, rows)} label="Copy as Markdown" caption="Copy" />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload size={14} />} disabled={isEmpty}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => download('csv')}>CSV, for spreadsheets</Menu.Item>
          <Menu.Item onClick={() => download('json')}>JSON, an array of objects</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
