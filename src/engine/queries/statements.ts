/** Statements that run once per row of another query are compiled once per connection. */

import type { ReadDb } from '../store/database.ts'

type Statement = ReturnType<ReadDb['prepare']>

const compiled = new WeakMap<ReadDb, Map<string, Statement>>()

/** A statement that returns rows as objects. Its text must be a constant: every text is kept. */
export function statement(db: ReadDb, sql: string): Statement {
  let statements = compiled.get(db)
  if (!statements) {
    statements = new Map()
    compiled.set(db, statements)
  }
  let found = statements.get(sql)
  if (!found) {
    found = db.prepare(sql)
    statements.set(sql, found)
  }
  return found
}
