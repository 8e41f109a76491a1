/** Leaves out of a style sheet what a script can't use: the rules of a component library's parts that it doesn't contain. */

/** At-rules that hold rules themselves; others are kept as they are. */
const nesting = /^@(layer|media|supports|container)\b/

/**
 * Keeps every rule but those whose selector names classes of `pattern` (a global one) and none that `script` mentions.
 */
export function usedStyles(css: string, script: string, pattern: RegExp): string {
  const isUsed = (selector: string): boolean => {
    const classes = selector.match(pattern)
    return classes === null || classes.some((name) => script.includes(name))
  }
  let kept = ''
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf('{', at)
    const statementEnd = css.indexOf(';', at)
    if (open < 0) return kept + css.slice(at)
    if (statementEnd >= 0 && statementEnd < open) {
      kept += css.slice(at, statementEnd + 1)
      at = statementEnd + 1
      continue
    }
    const close = closingBrace(css, open)
    const head = css.slice(at, open)
    if (nesting.test(head.trim())) {
      const inner = usedStyles(css.slice(open + 1, close), script, pattern)
      if (inner.trim() !== '') kept += `${head}{${inner}}`
    } else if (head.trim().startsWith('@') || isUsed(head)) kept += css.slice(at, close + 1)
    at = close + 1
  }
  return kept
}

function closingBrace(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at++) {
    const char = css[at]
    if (char === '"' || char === "'") at = endOfString(css, at)
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at
  }
  throw new Error('The style sheet ends within a rule.')
}

function endOfString(css: string, start: number): number {
  for (let at = start + 1; at < css.length; at++) {
    if (css[at] === '\\') at++
    else if (css[at] === css[start]) return at
  }
  throw new Error('The style sheet ends within a string.')
}
