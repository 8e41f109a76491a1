/** Which commands a typed text finds. */

import { isTraceIdHex } from '#shared/model/ids.ts'

export interface Matchable {
  readonly label?: string | undefined
  readonly description?: string | undefined
  readonly keywords?: string | readonly string[] | undefined
}

export interface MatchableGroup<T extends Matchable> {
  readonly group: string
  readonly actions: readonly T[]
}

/** The trace id in a text: alone, or within a `traceparent` or a link; undefined when there is none or it is all zero. */
export function traceIdIn(text: string): string | undefined {
  const id = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/i.exec(text)?.[0]
  return id !== undefined && isTraceIdHex(id) ? id.toLowerCase() : undefined
}

/** The commands in which every word typed occurs, those whose label begins with the text first; groups keep their order. */
export function matchGroups<T extends Matchable>(
  query: string,
  groups: readonly MatchableGroup<T>[],
): readonly MatchableGroup<T>[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return groups
  const text = words.join(' ')
  return groups
    .map(({ group, actions }) => ({
      group,
      actions: actions
        .filter((action) => {
          const haystack = [group, action.label, action.description, action.keywords].flat().join(' ').toLowerCase()
          return words.every((word) => haystack.includes(word))
        })
        .sort((a, b) => Number(startsWith(b, text)) - Number(startsWith(a, text))),
    }))
    .filter(({ actions }) => actions.length > 0)
}

function startsWith(action: Matchable, text: string): boolean {
  return action.label?.toLowerCase().startsWith(text) ?? false
}
