/** What a person types into the log search, as an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax). */

import { searchWords } from '#shared/model/search-words.ts'

export interface TextQuery {
  /** Everything must match this; null when nothing is asked for. */
  readonly match: string | null
  /** Nothing may match this; null when nothing is excluded. */
  readonly exclude: string | null
}

/**
 * Words that must all occur, each also as the beginning of a longer one; `"a phrase"` in order; `-word` or `-"a phrase"`
 * must not occur. Anything else is text: no input is a syntax error. Terms without a letter or digit are left out,
 * as the index has nothing to find them by.
 */
export function parseTextQuery(text: string): TextQuery {
  const wanted: string[] = []
  const unwanted: string[] = []
  // FTS5 stops reading at a NUL, in the middle of a string.
  for (const { text: term, isPhrase, isExcluded } of searchWords(text.replaceAll('\0', ' '))) {
    if (!/[\p{L}\p{N}]/u.test(term)) continue
    const quoted = `"${term.replaceAll('"', '""')}"${isPhrase ? '' : ' *'}`
    if (isExcluded) unwanted.push(quoted)
    else wanted.push(quoted)
  }
  return {
    match: wanted.length === 0 ? null : wanted.join(' AND '),
    exclude: unwanted.length === 0 ? null : unwanted.join(' OR '),
  }
}
