/** Below the statement: its result, why there is none, or what could be asked. */

import { Button } from '@mantine/core'
import { IconDatabaseSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { SqlTable } from '#shared/contract/sql.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { errorCode } from '../../ui/error-text.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { CellPlace } from './cell-keys.ts'
import { type ExampleQuery, exampleQueries } from './example-queries.ts'
import { ResultBar } from './result-bar.tsx'
import { ResultChart } from './result-chart.tsx'
import { maxShownColumns, ResultTable } from './result-table.tsx'
import type { SqlUrl } from './sql-url.ts'
import styles from './sql-view.module.css'
import type { Statement } from './use-statement.ts'
import { ValuePane } from './value-pane.tsx'

export interface ResultAreaProps {
  readonly statement: Statement | undefined
  readonly tables: readonly SqlTable[]
  readonly url: SqlUrl
  readonly setUrl: SetUrlState<SqlUrl>
  readonly onExample: (query: string, chart?: ExampleQuery['chart']) => void
}

export function ResultArea({ statement, tables, url, setUrl, onExample }: ResultAreaProps) {
  if (statement === undefined) {
    return (
      <EmptyState
        title="Ask anything of what is stored"
        icon={<IconDatabaseSearch size={20} />}
        actions={exampleQueries.slice(0, 5).map(({ question, query, chart }) => (
          <Button key={question} onClick={() => onExample(query, chart)}>
            {question}
          </Button>
        ))}
      >
        Write a statement of SQLite and run it with Ctrl or Cmd + Enter. The views spans, logs and metrics read easily;
        the tables are faster on large files. Time range and service above don't narrow statements.
      </EmptyState>
    )
  }
  const view = url.view ?? 'table'
  return (
    <div className={styles.result}>
      <ResultBar
        statement={statement}
        view={view}
        onView={(next) => setUrl({ view: next === 'chart' ? 'chart' : undefined }, { replace: true })}
      />
      {statement.error === undefined ? null : <Failure error={statement.error} isWhole={statement.rows.length === 0} />}
      <div className={styles.resultBody}>
        {statement.rows.length === 0 ? (
          <NoRows statement={statement} />
        ) : view === 'chart' ? (
          <ResultChart columns={statement.columns} rows={statement.rows} url={url} setUrl={setUrl} />
        ) : (
          <Table key={statement.query} statement={statement} tables={tables} />
        )}
      </div>
    </div>
  )
}

function Failure({ error, isWhole }: { readonly error: unknown; readonly isWhole: boolean }) {
  const message = error instanceof Error ? error.message : ''
  const title = errorCode(error) === 'TOO_LARGE' ? 'The statement was stopped' : undefined
  if (!isWhole) {
    return (
      <p role="alert" className={styles.failure}>
        {message} The rows read until then are below.
      </p>
    )
  }
  return (
    <ErrorState error={error} {...(title === undefined ? {} : { title })}>
      {message}
    </ErrorState>
  )
}

function NoRows({ statement: { phase } }: { readonly statement: Statement }) {
  if (phase === 'running') return <SkeletonRows rows={8} rowHeight={26} label="Running the statement" />
  if (phase === 'failed') return null
  if (phase === 'stopped')
    return <EmptyState title="Stopped">The statement was stopped before it had found a row.</EmptyState>
  return <EmptyState title="No rows">The statement ran, and nothing stored fits it.</EmptyState>
}

function Table({ statement, tables }: { readonly statement: Statement; readonly tables: readonly SqlTable[] }) {
  const { columns, rows, sample } = statement
  const [active, setActive] = useState<CellPlace>()
  const [isOpen, setOpen] = useState(false)
  const cells = active === undefined ? undefined : rows[active.row]
  const isValueShown = isOpen && active !== undefined && cells !== undefined
  return (
    <div className={styles.table}>
      {columns.length > maxShownColumns ? (
        <p className={styles.cut}>
          {maxShownColumns} of {columns.length} columns are shown; downloads have all.
        </p>
      ) : null}
      <div className={styles.tableBody}>
        <PaneGroup id="sql-result" orientation="horizontal" paneIds={isValueShown ? ['rows', 'value'] : ['rows']}>
          <Pane id="rows" minSize={240}>
            <ResultTable
              columns={columns}
              rows={rows}
              sample={sample}
              tables={tables}
              active={active}
              onActivate={setActive}
              onOpen={() => setOpen((before) => !before)}
            />
          </Pane>
          {isValueShown ? (
            <>
              <PaneHandle label="Resize the value" />
              <Pane id="value" defaultSize={340} minSize={220} maxSize="60%" keepPixels>
                <ValuePane
                  columns={columns}
                  tables={tables}
                  cells={cells}
                  row={active.row}
                  column={active.column}
                  onClose={() => setOpen(false)}
                />
              </Pane>
            </>
          ) : null}
        </PaneGroup>
      </div>
    </div>
  )
}
