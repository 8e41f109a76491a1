/** The statements that were run last in this browser, newest first. */

const storageKey = 'spanlight.sql.history'
const maxEntries = 30
/** Browsers keep about 5 MB for a page; a statement this long is a generated one. */
const maxCharacters = 20_000

export function readHistory(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : []
  } catch {
    return []
  }
}

export function rememberQuery(query: string): void {
  if (query.trim() === '' || query.length > maxCharacters) return
  try {
    localStorage.setItem(storageKey, JSON.stringify(withQuery(readHistory(), query)))
  } catch {
    // Storage that is full or forbidden costs the history and nothing else.
  }
}

/** One that was run before moves to the front. */
export function withQuery(history: readonly string[], query: string): string[] {
  return [query, ...history.filter((entry) => entry !== query)].slice(0, maxEntries)
}

/** A statement in one line, for a menu. */
export function oneLine(query: string): string {
  return query.replaceAll(/\s+/g, ' ').trim()
}
