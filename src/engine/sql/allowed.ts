/** Which statements may run: one that reads, and nothing that opens another file or changes the connection. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { type SqlToken, sqlTokens } from './sql-tokens.ts'

const readers = new Set(['select', 'with', 'values', 'explain', 'pragma'])

/** Pragmas that only tell something, and the name of a table they may be asked about. */
const tellingPragmas = new Set([
  'application_id',
  'collation_list',
  'compile_options',
  'data_version',
  'database_list',
  'encoding',
  'foreign_key_list',
  'freelist_count',
  'function_list',
  'index_info',
  'index_list',
  'index_xinfo',
  'integrity_check',
  'module_list',
  'page_count',
  'page_size',
  'pragma_list',
  'quick_check',
  'schema_version',
  'table_info',
  'table_list',
  'table_xinfo',
  'user_version',
])
const asksAbout = /_(?:info|xinfo|list|check)$/

/**
 * Throws BAD_QUERY for statements that don't read. The connection refuses them as well, being read-only, and what gets past
 * here still can't write: this is to say so before anything runs, and to keep pragmas from changing the connection.
 */
export function requireReading(query: string): void {
  const tokens = sqlTokens(query)
  const [first] = tokens
  if (first === undefined)
    throw new SpanlightError('BAD_QUERY', 'There is no statement. Write one that begins with SELECT.')
  const rest = tokens.slice(tokens.findIndex(({ text }) => text === ';') + 1)
  const second = tokens.some(({ text }) => text === ';') ? rest.find(({ text }) => text !== ';') : undefined
  if (second !== undefined) {
    refuse('One statement at a time: what stands after the semicolon would not run. Remove it.', second)
  }
  const verb = first.text.toLowerCase()
  if (!readers.has(verb)) {
    // A mistyped word is better explained by SQLite itself.
    if (!writers.has(verb)) return
    refuse(`${first.text.toUpperCase()} can't be used here: statements can only read. Begin with SELECT.`, first)
  }
  if (verb === 'explain') {
    const explained = tokens.slice(1).find(({ text }) => !/^(?:query|plan)$/i.test(text))
    const word = explained?.text.toLowerCase()
    if (explained !== undefined && (word === 'pragma' || writers.has(word ?? '')))
      refuse(`${explained.text.toUpperCase()} can't be explained here: only statements that read can.`, explained)
  }
  if (verb === 'pragma') requireTelling(tokens)
}

const writers = new Set(
  (
    'alter analyze attach begin commit create delete detach drop end insert reindex release replace rollback savepoint ' +
    'update vacuum'
  ).split(' '),
)

function requireTelling(tokens: readonly SqlToken[]): void {
  const name = tokens[2]?.text === '.' ? tokens[3] : tokens[1]
  if (name === undefined) return
  const after = tokens[tokens.indexOf(name) + 1]
  const isSet = after !== undefined && after.text !== ';' && !(after.text === '(' && asksAbout.test(name.text))
  if (!tellingPragmas.has(name.text.toLowerCase()) || isSet)
    refuse(
      `PRAGMA ${name.text} can't be used here, because it may change something. ` +
        'Those that tell about the schema can, such as PRAGMA table_info(span).',
      name,
    )
}

function refuse(message: string, { start, end }: SqlToken): never {
  throw new SpanlightError('BAD_QUERY', message, { position: start, end })
}
