/** What a person types into a text search: words, phrases in quotes, and a minus before what must not occur. */

export interface SearchWord {
  readonly text: string
  /** Stood in quotes: found as it is, in order, and not as the beginning of longer words. */
  readonly isPhrase: boolean
  /** Must not occur. */
  readonly isExcluded: boolean
}

/** Anything is a search: a quote that is never closed ends with the text. */
export function searchWords(text: string): readonly SearchWord[] {
  return [...text.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)].map(([, minus, phrase, word]) => ({
    text: phrase ?? word ?? '',
    isPhrase: phrase !== undefined,
    isExcluded: minus === '-',
  }))
}
