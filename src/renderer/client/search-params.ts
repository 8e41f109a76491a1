/** How a screen's state is written in the URL: plain strings, so that 64-bit instants survive; repeated keys are lists. */

type SearchValue = string | readonly string[]
export type Search = Readonly<Record<string, SearchValue>>

/** `?a=1&b=x&b=y` as `{ a: '1', b: ['x', 'y'] }`; empty values are as if absent. */
export function parseSearch(text: string): Search {
  const search: Record<string, SearchValue> = {}
  for (const [key, value] of new URLSearchParams(text)) {
    if (value === '') continue
    const before = search[key]
    if (before === undefined) search[key] = value
    else search[key] = typeof before === 'string' ? [before, value] : [...before, value]
  }
  return search
}

/** The reverse, keys in the order given; undefined, null, `false`, empty texts and empty lists are left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null || item === false || item === '') continue
      params.append(key, String(item))
    }
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
