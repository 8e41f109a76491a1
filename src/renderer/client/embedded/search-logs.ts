/** Which logs a search finds, without an index: words as the engine's full text knows them, in body, event and exception. */

import type { Log } from '#shared/contract/logs.ts'
import { searchWords } from '#shared/model/search-words.ts'

interface Term {
  readonly text: string
  readonly isExcluded: boolean
}

/** Every word occurs, at least as a beginning; phrases occur as they are; nothing excluded occurs. */
export function searchLogs(logs: readonly Log[], q: string): readonly Log[] {
  const terms = termsOf(q)
  if (terms.length === 0) return logs
  return logs.filter((log) => {
    const text = ` ${tokensOf(textOf(log)).join(' ')} `
    return terms.every((term) => text.includes(term.text) !== term.isExcluded)
  })
}

function termsOf(q: string): readonly Term[] {
  return searchWords(q).flatMap(({ text, isPhrase, isExcluded }) => {
    const tokens = tokensOf(text)
    return tokens.length === 0 ? [] : { text: ` ${tokens.join(' ')}${isPhrase ? ' ' : ''}`, isExcluded }
  })
}

/** Runs of letters and digits, small and without diacritics, as SQLite's unicode61 has them. */
function tokensOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function textOf({ body, eventName, attributes }: Log): string {
  const parts: string[] = []
  collect(body, parts)
  parts.push(eventName)
  for (const key of ['exception.type', 'exception.message']) {
    const value = attributes[key]
    if (typeof value === 'string') parts.push(value)
  }
  return parts.join(' ')
}

function collect(value: unknown, parts: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') parts.push(String(value))
  else if (Array.isArray(value)) for (const item of value) collect(item, parts)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      parts.push(key)
      collect(item, parts)
    }
  }
}
