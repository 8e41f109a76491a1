/** Names of tables and columns as the editor completes them, each with what it is for. */

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { SQLite, sql } from '@codemirror/lang-sql'
import type { Extension } from '@codemirror/state'
import type { SqlTable } from '#shared/contract/sql.ts'

type Schema = NonNullable<NonNullable<Parameters<typeof sql>[0]>['schema']>

/** SQLite's language, with the names of these tables. */
export function sqlLanguage(tables: readonly SqlTable[]): Extension {
  const support = sql({ dialect: SQLite, schema: schemaOf(tables) })
  const names = columnNames(tables)
  return [support, support.language.data.of({ autocomplete: (context: CompletionContext) => early(context, names) })]
}

function schemaOf(tables: readonly SqlTable[]): Schema {
  return Object.fromEntries(
    tables.map(({ name, kind, about, columns }) => {
      const self: Completion = { label: name, type: kind, detail: kind, info: about, boost: kind === 'view' ? 1 : 0 }
      return [name, { self, children: columns.map((column) => columnOf(column, column.type.toLowerCase())) }]
    }),
  )
}

/** Every name once, with the views and tables that have it. */
function columnNames(tables: readonly SqlTable[]): Completion[] {
  const found = new Map<string, { readonly column: SqlTable['columns'][number]; readonly tables: string[] }>()
  for (const table of tables) {
    for (const column of table.columns) {
      const known = found.get(column.name)
      if (known === undefined) found.set(column.name, { column, tables: [table.name] })
      else known.tables.push(table.name)
    }
  }
  return [...found.values()].map(({ column, tables: owners }) => columnOf(column, owners.slice(0, 4).join(', ')))
}

function columnOf({ name, about }: SqlTable['columns'][number], detail: string): Completion {
  return { label: name, type: 'column', detail, ...(about === '' ? {} : { info: about }) }
}

/** Before the statement says which table it reads, the columns of all are offered; from then on CodeMirror knows better. */
function early(context: CompletionContext, options: readonly Completion[]): CompletionResult | null {
  const word = context.matchBefore(/\w+/)
  if (word === null || /\bfrom\b/i.test(context.state.doc.toString())) return null
  return { from: word.from, options, validFor: /^\w*$/ }
}
