/** What SQLite says about a statement, with the place it speaks of and the name that was probably meant. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { nearestName } from '#shared/model/nearest-name.ts'
import type { ReadDb } from '../store/database.ts'
import { storeErrorOf } from '../store/store-error.ts'
import { nameOf, type SqlToken, sqlTokens } from './sql-tokens.ts'

/** A statement that says one word thousands of times is no case for exactness. */
const maxTries = 200

interface Explained {
  readonly token?: Pick<SqlToken, 'start' | 'end'> | undefined
  /** What to add to SQLite's own words. */
  readonly hint?: string | undefined
}

/** BAD_QUERY with `data.position` and `data.end` (characters of the query) where the place is known; else what the store says. */
export function explainFailure(error: unknown, query: string, file: string, db: ReadDb): unknown {
  if (error instanceof RangeError) return explainRange(error, query)
  if (!(error instanceof Error) || !('code' in error)) return error
  const { code, message } = error
  if (code === 'SQLITE_TOOBIG' || code === 'SQLITE_NOMEM')
    return new SpanlightError('TOO_LARGE', `A value of this statement is too large for SQLite (${message}).`)
  if (typeof code === 'string' && code.startsWith('SQLITE_READONLY'))
    return new SpanlightError('BAD_QUERY', 'Statements can only read here: the database is open read-only.')
  if (code !== 'SQLITE_ERROR' && code !== 'SQLITE_AUTH' && code !== 'SQLITE_MISMATCH') return storeErrorOf(error, file)
  const { token, hint } = explain(message, query, db)
  const sentence = `${message[0]?.toUpperCase() ?? ''}${message.slice(1)}.`
  return new SpanlightError(
    'BAD_QUERY',
    hint === undefined ? sentence : `${sentence} ${hint}`,
    token && { position: token.start, end: token.end },
  )
}

function explainRange(error: RangeError, query: string): unknown {
  // As with a NUL at its beginning.
  if (error.message.includes('statement'))
    return new SpanlightError('BAD_QUERY', 'There is no statement that can be read.')
  if (!error.message.includes('parameter')) return error
  const variable = sqlTokens(query).find(({ kind }) => kind === 'variable')
  return new SpanlightError(
    'BAD_QUERY',
    'The statement has a parameter, and there is nothing to fill in. Write the value itself; text stands in single quotes.',
    variable && { position: variable.start, end: variable.end },
  )
}

function explain(message: string, query: string, db: ReadDb): Explained {
  const tokens = sqlTokens(query)
  const [, near] = /^near "([\s\S]*)": syntax error$/.exec(message) ?? []
  if (near !== undefined) return { token: syntaxErrorAt(near, message, query, tokens, db) }
  if (message === 'incomplete input') {
    const end = query.trimEnd().length
    return { token: { start: end, end }, hint: 'Something is missing at its end.' }
  }
  const [, unread] = /^unrecognized token: "([\s\S]*)"$/.exec(message) ?? []
  if (unread !== undefined) {
    const start = query.lastIndexOf(unread)
    const hint = /^['"`[]/.test(unread) ? 'A quote is missing at its end.' : undefined
    return { token: start < 0 ? undefined : { start, end: start + unread.length }, hint }
  }
  const [, what, name] =
    /^(?:no such |ambiguous )(table|column|function|column name): "?([^"]+?)"?(?: - .*)?$/.exec(message) ?? []
  if (what !== undefined && name !== undefined) {
    const last = name.split('.').at(-1) ?? name
    return {
      token: tokens.find((token) => nameOf(token)?.toLowerCase() === last.toLowerCase()),
      hint: message.startsWith('ambiguous') ? 'Write the table before it: span.name.' : meant(what, last, tokens, db),
    }
  }
  const [, wrong] = /(?:function|aggregate:?|window function) (\w+)\(\)/.exec(message) ?? []
  return {
    token: wrong === undefined ? undefined : tokens.find(({ text }) => text.toLowerCase() === wrong.toLowerCase()),
  }
}

/** A parser stops at the first token that doesn't fit, so a statement that ends there fails in the same words. */
function syntaxErrorAt(
  near: string,
  message: string,
  query: string,
  tokens: readonly SqlToken[],
  db: ReadDb,
): SqlToken | undefined {
  const candidates = tokens.filter(({ text }) => text === near).slice(0, maxTries)
  return candidates.find(({ end }) => {
    try {
      db.prepare(query.slice(0, end))
      return false
    } catch (error) {
      return error instanceof Error && error.message === message
    }
  })
}

function meant(what: string, name: string, tokens: readonly SqlToken[], db: ReadDb): string | undefined {
  const names = (
    what === 'table' ? tableNames(db) : what === 'function' ? functionNames(db) : columnNames(tokens, db)
  ).filter((each) => each.toLowerCase() !== name.toLowerCase())
  const begun = names.find((each) => each.toLowerCase().startsWith(name.toLowerCase()))
  const nearest = begun ?? nearestName(name, names)
  if (nearest !== undefined) return `Did you mean ${nearest}?`
  if (what === 'column' && names.length > 0) return `There are: ${names.slice(0, 30).join(', ')}.`
  return undefined
}

function tableNames(db: ReadDb): string[] {
  return db
    .prepare(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB '*_text_*'`)
    .pluck()
    .all() as string[]
}

function functionNames(db: ReadDb): string[] {
  return db.prepare('SELECT DISTINCT name FROM pragma_function_list').pluck().all() as string[]
}

/** Of the tables that the statement names. */
function columnNames(tokens: readonly SqlToken[], db: ReadDb): string[] {
  const used = new Set(tokens.map((token) => nameOf(token)?.toLowerCase()))
  const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1').pluck()
  return [
    ...new Set(
      tableNames(db)
        .filter((table) => used.has(table.toLowerCase()))
        .flatMap((table) => columns.all(table) as string[]),
    ),
  ]
}
