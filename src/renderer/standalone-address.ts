/** Addresses within an exported file: `#TRACE/SPAN?from=…` in the bar, `/traces/TRACE?span=SPAN&from=…` to the screens. */

const span = 'span'

/** What stands behind the `#` of a path and search of the app; empty for the list of traces. */
export function fragmentOf(href: string): string {
  const { pathname, searchParams } = new URL(href, 'file:///')
  const traceId = /^\/traces\/([^/]+)$/.exec(pathname)?.[1]
  if (traceId === undefined) return ''
  const spanKey = searchParams.get(span)
  searchParams.delete(span)
  const path = spanKey === null ? traceId : `${traceId}/${encodeURIComponent(spanKey)}`
  return searchParams.size === 0 ? path : `${path}?${searchParams}`
}

export interface AppAddress {
  readonly pathname: string
  /** With its `?`, or empty. */
  readonly search: string
}

/** The reverse; anything that isn't an address of a trace is the list. */
export function addressOf(fragment: string): AppAddress {
  const [, traceId, spanKey, query] = /^#?([0-9a-zA-Z]+)(?:\/([^/?]+))?(?:\?(.*))?$/.exec(fragment) ?? []
  if (traceId === undefined) return { pathname: '/traces', search: '' }
  const search = new URLSearchParams(query ?? '')
  if (spanKey !== undefined) search.set(span, decoded(spanKey))
  return { pathname: `/traces/${traceId}`, search: search.size === 0 ? '' : `?${search}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
