/** What a mistyped name was probably meant to be. */

/** "Did you mean "x"?", or all names when nothing is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names)
  return nearest === undefined ? `There are: ${names.join(', ')}.` : `Did you mean "${nearest}"?`
}

/** Undefined when no name is alike. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  const rated = names.map((each) => ({ each, away: sharesWord(wanted, each) ? 1 : distance(wanted, each) }))
  const best = rated.sort((left, right) => left.away - right.away)[0]
  return best && best.away <= Math.max(2, wanted.length / 2) ? best.each : undefined
}

/** "timeout" means "database-timeout". */
function sharesWord(left: string, right: string): boolean {
  const words = new Set(right.split('-'))
  return left.split(/[-_ ]/).some((word) => words.has(word))
}

/** Edits that make one of the other (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let at = 1; at <= left.length; at++) {
    const next = [at]
    for (let index = 1; index <= right.length; index++) {
      const same = left[at - 1] === right[index - 1] ? 0 : 1
      next.push(Math.min((row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1, (row[index - 1] ?? 0) + same))
    }
    row = next
  }
  return row[right.length] ?? 0
}
