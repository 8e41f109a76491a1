/** docs/database.md describes the schema: every table, view and column of a new file, no other, and examples that run. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const page = readFileSync(new URL('../../docs/database.md', import.meta.url), 'utf8')

/** Columns by table: a `### table` heading, and below it one row per column that begins with its name in backticks. */
function documentedColumns(markdown: string): Map<string, string[]> {
  const tables = new Map<string, string[]>()
  let columns: string[] | undefined
  for (const line of markdown.split('\n')) {
    const table = /^### (\w+)$/.exec(line)?.[1]
    if (table !== undefined) {
      columns = []
      tables.set(table, columns)
    } else if (line.startsWith('#')) columns = undefined
    const [, column, meaning] = /^\| `(\w+)` *\|[^|]+\| (.*?) *\|$/.exec(line) ?? []
    if (columns && column !== undefined && meaning !== undefined && meaning !== '') columns.push(column)
  }
  return tables
}

/** Columns by table and view; what SQLite makes for itself is left out. */
function storedColumns({ context: { db } }: ScratchStore): Map<string, string[]> {
  const names = db
    .prepare(
      `SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT GLOB 'sqlite_*' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
  // Hidden 1 is a virtual table's own; generated columns are 2 and 3.
  const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid').pluck()
  return new Map(names.map((name) => [name, columns.all(name) as string[]]))
}

const sorted = (tables: Map<string, string[]>): [string, string[]][] =>
  [...tables]
    .map(([table, columns]): [string, string[]] => [table, [...columns].sort()])
    .sort(([left], [right]) => (left < right ? -1 : 1))

describe('docs/database.md', () => {
  let store: ScratchStore
  beforeAll(() => {
    store = scratchStore()
  })
  afterAll(() => store[Symbol.dispose]())

  it('describes every table and column, and no other', () => {
    const documented = documentedColumns(page)
    expect(documented.size).toBeGreaterThan(15)
    expect(sorted(documented)).toEqual(sorted(storedColumns(store)))
  })

  const examples = [...page.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, sql = '']) => sql)

  it('has examples', () => expect(examples.length).toBeGreaterThan(5))

  it.each(examples)('has an example that runs: %s', (sql) => {
    expect(store.sql(sql)).toEqual([])
  })
})
