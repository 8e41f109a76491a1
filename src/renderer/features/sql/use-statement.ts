/** A statement that runs: its rows as they come, how it ended, and how to stop it. */

import { useCallback, useEffect, useRef, useState } from 'react'
import { rowsOf, type SqlColumn, type SqlRow, type SqlTruncation } from '#shared/contract/sql.ts'
import { api } from '../../client/api.ts'

export interface Statement {
  readonly query: string
  readonly phase: 'running' | 'done' | 'failed' | 'stopped'
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly SqlRow[]
  /** The first page of rows: what is measured by them doesn't change as others come. */
  readonly sample: readonly SqlRow[]
  /** What the statement worked, without the way here. */
  readonly tookMs: number | undefined
  readonly truncated: SqlTruncation | null
  readonly error: unknown
}

export interface StatementRun {
  /** The one that runs or ran last; undefined before the first. */
  readonly statement: Statement | undefined
  readonly run: (query: string) => void
  readonly stop: () => void
}

export function useStatement(): StatementRun {
  const [statement, setStatement] = useState<Statement>()
  const running = useRef<AbortController>(undefined)
  const stop = useCallback(() => running.current?.abort(), [])
  useEffect(() => stop, [stop])

  const run = useCallback((query: string) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const change = (patch: Partial<Statement>): void => {
      // What a former statement still says is no news.
      if (running.current === controller) setStatement((before) => before && { ...before, ...patch })
    }
    setStatement({
      query,
      phase: 'running',
      columns: [],
      rows: [],
      sample: [],
      tookMs: undefined,
      truncated: null,
      error: undefined,
    })
    void follow(query, controller.signal, change)
  }, [])

  return { statement, run, stop }
}

async function follow(query: string, signal: AbortSignal, change: (patch: Partial<Statement>) => void): Promise<void> {
  let rows: readonly SqlRow[] = []
  try {
    for await (const event of await api.sql.run({ query }, { signal })) {
      if (event.type === 'columns') change({ columns: event.columns })
      else if (event.type === 'rows') {
        const page = rowsOf(event)
        change({ rows: [...rows, ...page], ...(rows.length === 0 ? { sample: page } : {}) })
        rows = [...rows, ...page]
      } else change({ phase: 'done', tookMs: event.tookMs, truncated: event.truncated })
    }
  } catch (error) {
    if (signal.aborted) change({ phase: 'stopped' })
    else change({ phase: 'failed', error })
  }
}
