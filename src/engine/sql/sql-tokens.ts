/** SQL cut into tokens, as far as it takes to tell words from strings and comments, and to say where a name stands. */

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'variable' | 'symbol'
  /** As it is written. */
  readonly text: string
  readonly start: number
  readonly end: number
}

// Space and comments; strings; identifiers in "x", `x` or [x]; words; numbers; variables; anything else by the character.
// What is begun and not ended reaches to the end of the text.
const pattern =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>[xX]?'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$))|(?<word>[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*)|(?<number>\d[\w.]*)|(?<variable>[?:@$#]\w*)|(?<symbol>->>?|\|\||<[<=>]|>[>=]|[!=]=|[\s\S])/uy

const kinds = ['string', 'quoted', 'word', 'number', 'variable', 'symbol'] as const

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const match of sql.matchAll(new RegExp(pattern, `g${pattern.flags}`))) {
    const kind = kinds.find((each) => match.groups?.[each] !== undefined)
    const [text] = match
    if (kind !== undefined) tokens.push({ kind, text, start: match.index, end: match.index + text.length })
  }
  return tokens
}

/** The name a word or a quoted identifier stands for; undefined for anything else. */
export function nameOf({ kind, text }: SqlToken): string | undefined {
  if (kind === 'word') return text
  if (kind !== 'quoted') return undefined
  const quote = text[0] ?? ''
  const inner = text.slice(1, -1)
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote)
}
