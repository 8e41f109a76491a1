/** The SQL screen: a statement, the schema beside it, and its result as a table or a chart. */

import type { EditorView } from '@codemirror/view'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useDocumentTitle, useHotkeys, useLocalStorage } from '@mantine/hooks'
import { IconLayoutSidebarLeftExpand, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { orpc } from '../../client/api.ts'
import { useUrlState } from '../../client/url-state.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import type { ExampleQuery } from './example-queries.ts'
import { mistakeOf } from './mistake-mark.ts'
import { rememberQuery } from './query-history.ts'
import { ResultArea } from './result-area.tsx'
import { SavedQueries, SaveQuery } from './saved-queries.tsx'
import { SchemaPanel } from './schema-panel.tsx'
import { SqlEditor } from './sql-editor.tsx'
import { openQuery, sqlUrlSchema } from './sql-url.ts'
import styles from './sql-view.module.css'
import { ExamplesMenu, HistoryMenu } from './statement-menus.tsx'
import { useStatement } from './use-statement.ts'

export function SqlView() {
  useDocumentTitle('SQL · Spanlight')
  const [url, setUrl] = useUrlState(sqlUrlSchema)
  const { statement, run, stop } = useStatement()
  const editor = useRef<EditorView>(null)
  const [query, setQuery] = useState(url.q ?? '')
  const [isSchemaShown, setSchemaShown] = useLocalStorage({
    key: 'spanlight.sql.schema',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const schema = useQuery(orpc.sql.schema.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const tables = useMemo(() => schema.data?.tables ?? [], [schema.data])
  const isRunning = statement?.phase === 'running'
  const mistake = useMemo(() => mistakeOf(statement?.error), [statement?.error])

  function write(text: string): void {
    const view = editor.current
    if (view === null) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
  }

  function start(text: string): void {
    if (text.trim() === '') return
    rememberQuery(text)
    run(text)
  }

  /** What was asked goes into the address; the same again changes nothing there. */
  function ask(text: string, chart?: ExampleQuery['chart']): void {
    start(text)
    if (text !== url.q)
      setUrl({ ...openQuery(text), ...(chart === undefined ? {} : { view: 'chart', x: chart.x, y: [...chart.y] }) })
  }

  function open(text: string, chart?: ExampleQuery['chart']): void {
    write(text)
    ask(text, chart)
    editor.current?.focus()
  }

  function insert(text: string): void {
    const view = editor.current
    if (view === null) return
    view.dispatch(view.state.replaceSelection(text))
    view.focus()
  }

  // A link, back and forward: the address says which statement is on show, and it is run.
  const asked = useRef<string>(undefined)
  const lastQuery = statement?.query
  useEffect(() => {
    if (url.q === asked.current) return
    asked.current = url.q
    if (url.q === undefined || url.q === lastQuery) return
    const view = editor.current
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: url.q } })
    run(url.q)
  }, [url.q, lastQuery, run])

  useHotkeys([
    ['mod+Enter', () => ask(query)],
    ['/', () => editor.current?.focus()],
  ])

  return (
    <PaneGroup id="sql" orientation="horizontal" paneIds={isSchemaShown ? ['schema', 'statement'] : ['statement']}>
      {isSchemaShown ? (
        <>
          <Pane id="schema" defaultSize={300} minSize={200} maxSize="50%" keepPixels>
            <SchemaPanel
              tables={schema.data?.tables}
              error={schema.error}
              onRetry={() => void schema.refetch()}
              onInsert={insert}
              onHide={() => setSchemaShown(false)}
            />
          </Pane>
          <PaneHandle label="Resize the schema" />
        </>
      ) : null}
      <Pane id="statement" minSize={360}>
        <div className={styles.main}>
          <header className={styles.head}>
            {isSchemaShown ? null : (
              <Tooltip label="Show the schema">
                <ActionIcon aria-label="Show the schema" onClick={() => setSchemaShown(true)}>
                  <IconLayoutSidebarLeftExpand size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            <h1 className={styles.title}>SQL</h1>
            <span
              className={styles.readOnly}
              title="Statements run on a read-only connection, in a process of their own that has nothing else, for 30 seconds at most. They can't change the database, open other files or load code."
            >
              read-only
            </span>
            <span className={styles.space} />
            <ExamplesMenu onOpen={({ query: text, chart }) => open(text, chart)} />
            <SavedQueries onOpen={open} />
            <HistoryMenu onOpen={open} />
            <SaveQuery query={query} />
            {isRunning ? (
              <Button color="var(--error)" leftSection={<IconPlayerStop size={14} />} onClick={stop}>
                Cancel
              </Button>
            ) : (
              <Tooltip label="Ctrl or Cmd + Enter">
                <Button
                  variant="filled"
                  leftSection={<IconPlayerPlay size={14} />}
                  disabled={query.trim() === ''}
                  onClick={() => ask(query)}
                >
                  Run
                </Button>
              </Tooltip>
            )}
          </header>
          <div className={styles.panes}>
            <PaneGroup id="sql-statement" orientation="vertical" paneIds={['editor', 'result']}>
              <Pane id="editor" defaultSize="34%" minSize={80}>
                <SqlEditor
                  initial={url.q ?? ''}
                  editor={editor}
                  tables={tables}
                  mistake={mistake}
                  onChange={setQuery}
                  onRun={() => ask(query)}
                />
              </Pane>
              <PaneHandle label="Resize the statement" />
              <Pane id="result" minSize={120}>
                <ResultArea statement={statement} tables={tables} url={url} setUrl={setUrl} onExample={open} />
              </Pane>
            </PaneGroup>
          </div>
        </div>
      </Pane>
    </PaneGroup>
  )
}
