/** `KEY=VALUE` as SQL over JSONB attributes, under every spelling semantic conventions know for the key. */

import { attributeSpellings } from '#shared/model/semconv.ts'

export interface AttributeCondition {
  /** SQL over a column named by the `column` argument. */
  sql(column: string): string
  readonly parameters: readonly string[]
}

/** Compares as text: `5` finds the integer 5, the double 5.0 and the string "5"; `true` the boolean and the string. */
export function attributeCondition(filter: string): AttributeCondition {
  const separator = filter.indexOf('=')
  const value = filter.slice(separator + 1)
  const literals = jsonLiterals(value)
  const spellings = attributeSpellings(filter.slice(0, separator))
  const candidates = ['json_quote(?)', ...literals.map(() => '?')].join(', ')
  return {
    sql: (column) => `(${spellings.map(() => `(${column} -> ?) IN (${candidates})`).join(' OR ')})`,
    parameters: spellings.flatMap((name) => [jsonPath(name), value, ...literals]),
  }
}

/** `$."key"`, escaped as SQLite's path syntax wants it. */
function jsonPath(key: string): string {
  return `$.${JSON.stringify(key)}`
}

/** JSON texts other than a string that read as `value`. */
function jsonLiterals(value: string): string[] {
  if (value === 'true' || value === 'false' || value === 'null') return [value]
  if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value)) return []
  return /^-?\d+$/.test(value) ? [value, `${value}.0`] : [value]
}
