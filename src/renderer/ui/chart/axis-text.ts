/** Values as axes show them: as short as they can be. */

import { formatDuration } from '../format.ts'

/** `10 s` where a column of figures would say `10.0 s`. */
export function axisDuration(ns: number): string {
  return ns === 0
    ? '0'
    : formatDuration(ns)
        .replace(/\.0+(?=\D)/, '')
        .replace(/ 0 (s|min|h)$/, '')
}

/** Counts and rates: `0`, `0.5`, `20`, `1.5k`, `2M`. */
export function axisNumber(value: number): string {
  const size = Math.abs(value)
  const [unit, letter] = size >= 1e9 ? [1e9, 'G'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, '']
  return `${String(Number((value / unit).toPrecision(3))).replace('-', '−')}${letter}`
}
