/** The tables and views that statements can read, with their columns and what these are for. */

import type { SqlTable } from '#shared/contract/sql.ts'
import type { QueryContext } from './context.ts'
import { schemaWords } from './schema-words.ts'

interface TableRow {
  readonly name: string
  readonly type: string
}

/** As they are in the file; those of an index for full-text search, which are its own affair, are left out. */
export function readSqlSchema({ db }: QueryContext): { tables: SqlTable[] } {
  const words = schemaWords()
  const rows = db
    .prepare(
      `SELECT name, type FROM pragma_table_list
        WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT GLOB 'sqlite_*'`,
    )
    .all() as TableRow[]
  // Hidden 1 is a virtual table's own; generated columns are 2 and 3.
  const columns = db.prepare('SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid')
  const order = [...words.keys()]
  const place = ({ name }: { readonly name: string }): number =>
    order.includes(name) ? order.indexOf(name) : order.length
  return {
    tables: rows
      .map(({ name, type }): SqlTable => {
        const known = words.get(name)
        return {
          name,
          kind: type === 'view' ? 'view' : 'table',
          about: known?.about ?? '',
          columns: (columns.all(name) as TableRow[]).map((column) => {
            const { about = '', type = '' } = known?.columns.get(column.name) ?? {}
            // SQLite knows no type of what a view computes.
            return { name: column.name, type: column.type || type, about, isJsonb: about.startsWith('JSONB') }
          }),
        }
      })
      .sort((left, right) => place(left) - place(right) || (left.name < right.name ? -1 : 1)),
  }
}
