/** Operations offered while one is typed. */

/** Each once: the one typed in full, then those that begin with the text, then the others, each group as it came. */
export function operationOptions(operations: readonly string[], text: string): readonly string[] {
  const typed = text.trim().toLowerCase()
  const rank = (operation: string): number => {
    const name = operation.toLowerCase()
    return name === typed ? 0 : name.startsWith(typed) ? 1 : 2
  }
  return [...new Set(operations)].filter((operation) => operation !== '').sort((a, b) => rank(a) - rank(b))
}
