/** Which row a key moves to. */

/** The row after `key` in a list of `count` rows, from row `index` (-1: none yet); undefined for keys that don't move. */
export function nextIndex(key: string, index: number, count: number, pageRows: number): number | undefined {
  if (count === 0) return undefined
  const clamp = (target: number) => Math.min(count - 1, Math.max(0, target))
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return clamp(index + 1)
    case 'ArrowUp':
    case 'k':
      return clamp(index - 1)
    case 'PageDown':
      return clamp(index + pageRows)
    case 'PageUp':
      return clamp(index - pageRows)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
