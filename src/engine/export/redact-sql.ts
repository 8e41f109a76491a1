/** Literals in SQL and in the JSON of document stores: one walk over the text, so that any text takes linear time. */

import type { Match } from './redact-patterns.ts'

/** Attributes that hold statements, and may hold other languages than SQL. */
const statementNames = new Set(['db.query.text', 'db.statement'])

export function isStatementName(name: string): boolean {
  return statementNames.has(name)
}

/** How statements begin that people log, and instrumentations make names of spans. */
export function looksLikeSql(text: string): boolean {
  return /^\s{0,20}(?:select\s[\s\S]{1,10000}?\sfrom\s|insert\s+into\s|update\s\S{1,200}\s+set\s|delete\s+from\s|(?:with|merge\s+into|replace\s+into)\s\S{1,200}\s)/i.test(
    text,
  )
}

/** One token: comments, quoted names and texts in all their ways, dollar quotes, words, numbers. Each alternative always advances. */
const token =
  /--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|'(?:[^'\\]|''|\\[\s\S])*'?|"(?:[^"\\]|""|\\[\s\S])*"?|`[^`]*`?|[\p{L}_@:$][\p{L}\p{N}_$]*|\d[\p{L}\p{N}_.]*/gu

/**
 * Texts and numbers; placeholders, names and comments stay. A text in double quotes is a name in most dialects and a value in
 * MySQL: it stays when it looks like a name, or is a key of a JSON object.
 */
export function sqlLiterals(text: string): Match[] {
  const isJson = /^\s*[[{]/.test(text)
  const matches: Match[] = []
  const replace = (start: number, end: number): void => {
    if (end > start) matches.push({ start, end, rule: 'sql' })
  }
  for (const { 0: found, index } of text.matchAll(token)) {
    const first = found[0] ?? ''
    if (first === "'") replace(index + 1, index + found.length - (closes(found, "'") ? 1 : 0))
    else if (first === '"' && !isName(text, found, index, isJson))
      replace(index + 1, index + found.length - (closes(found, '"') ? 1 : 0))
    else if (first >= '0' && first <= '9') replace(index, index + found.length)
    // What is a numbered placeholder in SQL is a value in JSON.
    else if (isJson && /^:\d/.test(found)) replace(index + 1, index + found.length)
  }
  return [...matches, ...dollarQuoted(text)]
}

function closes(found: string, quote: string): boolean {
  return found.length > 1 && found.endsWith(quote)
}

function isName(text: string, found: string, index: number, isJson: boolean): boolean {
  if (/^\s{0,20}:(?!:)/.test(text.slice(index + found.length, index + found.length + 22))) return true
  return !isJson && /^"[\p{L}_][\p{L}\p{N}_$]{0,63}"$/u.test(found)
}

/** PostgreSQL's `$tag$ … $tag$`. */
function dollarQuoted(text: string): Match[] {
  const matches: Match[] = []
  const opening = /\$[A-Za-z_]{0,32}\$/g
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const start = open.index + open[0].length
    const close = text.indexOf(open[0], start)
    const end = close < 0 ? text.length : close
    if (end > start) matches.push({ start, end, rule: 'sql' })
    opening.lastIndex = close < 0 ? text.length : close + open[0].length
  }
  return matches
}
