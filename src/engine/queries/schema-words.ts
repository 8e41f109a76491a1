/** What each table, view and column is for, as `docs/database.md` says it, which a test keeps equal to the schema. */

import { readFileSync } from 'node:fs'

interface TableWords {
  readonly about: string
  readonly columns: ReadonlyMap<string, ColumnWords>
}

interface ColumnWords {
  readonly type: string
  readonly about: string
}

/** In a checkout the page itself; once built, a copy beside the code. */
const page = new URL(import.meta.url.endsWith('.ts') ? '../../../docs/database.md' : './database.md', import.meta.url)

let read: ReadonlyMap<string, TableWords> | undefined

/** By name of table or view. */
export function schemaWords(): ReadonlyMap<string, TableWords> {
  read ??= wordsOf(readFileSync(page, 'utf8'))
  return read
}

/** A `### table` heading, a sentence below it, and a row for each column that begins with its name in backticks. */
function wordsOf(markdown: string): ReadonlyMap<string, TableWords> {
  const sections = markdown.split(/^(?=#{2,3} )/m).filter((section) => section.startsWith('### '))
  return new Map(
    sections.map((section) => {
      const [heading = '', , about = ''] = section.split('\n')
      const columns = [...section.matchAll(/^\| `(\w+)` *\| (.*?) *\| (.*?) *\|$/gm)].map(
        ([, column = '', type = '', about = '']): [string, ColumnWords] => [column, { type, about: plain(about) }],
      )
      return [heading.slice('### '.length), { about: plain(about), columns: new Map(columns) }]
    }),
  )
}

/** Without links and backticks. */
function plain(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
}
