/** Which parts of a line a search found, to mark them. */

import { searchWords } from '#shared/model/search-words.ts'

const letterOrDigit = '[\\p{L}\\p{N}]'

/**
 * A pattern with one group for the words and phrases of a search that must occur, or undefined when there are none.
 * Words match the beginnings of words, as the search does; `-word` and quotes mean what they mean there.
 */
export function searchTerms(q: string | undefined): RegExp | undefined {
  const terms: string[] = []
  for (const { text, isExcluded } of searchWords(q ?? '')) {
    const words = text.match(new RegExp(`${letterOrDigit}+`, 'gu'))
    if (!isExcluded && words) terms.push(words.join(`[^\\p{L}\\p{N}]+`))
  }
  if (terms.length === 0) return undefined
  // Longer terms first, so that one term does not hide another that begins with it.
  const alternatives = terms.sort((a, b) => b.length - a.length).join('|')
  return new RegExp(`(?<!${letterOrDigit})(${alternatives})`, 'giu')
}

/** The line cut up: parts at odd places are what the search found. */
export function splitAtTerms(line: string, terms: RegExp): readonly string[] {
  return line.split(terms)
}
