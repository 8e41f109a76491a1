/** Statements to begin with: examples, and those that were run before. */

import { Button, Menu } from '@mantine/core'
import { IconBulb, IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { type ExampleQuery, exampleQueries } from './example-queries.ts'
import { oneLine, readHistory } from './query-history.ts'
import styles from './sql-view.module.css'

export function ExamplesMenu({ onOpen }: { readonly onOpen: (example: ExampleQuery) => void }) {
  return (
    <Menu position="bottom-start" width={420}>
      <Menu.Target>
        <Button leftSection={<IconBulb size={14} />}>Examples</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {exampleQueries.map((example) => (
          <Menu.Item key={example.question} onClick={() => onOpen(example)}>
            <span className={styles.itemName}>{example.question}</span>
            <span className={styles.itemText}>{example.about}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function HistoryMenu({ onOpen }: { readonly onOpen: (query: string) => void }) {
  const [history, setHistory] = useState<readonly string[]>([])
  return (
    <Menu position="bottom-start" width={520} onOpen={() => setHistory(readHistory())}>
      <Menu.Target>
        <Button leftSection={<IconHistory size={14} />}>History</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {history.length === 0 ? <Menu.Label>No statement was run in this browser yet.</Menu.Label> : null}
        {history.map((query) => (
          <Menu.Item key={query} classNames={{ itemLabel: styles.itemLabel ?? '' }} onClick={() => onOpen(query)}>
            <span className={`${styles.itemQuery} mono`}>{oneLine(query)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
