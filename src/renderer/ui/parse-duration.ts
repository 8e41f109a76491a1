/** Durations as people type them. */

const unitNs: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1_000,
  µs: 1_000,
  μs: 1_000,
  ms: 1_000_000,
  s: 1_000_000_000,
  sec: 1_000_000_000,
  m: 60_000_000_000,
  min: 60_000_000_000,
  h: 3_600_000_000_000,
  d: 86_400_000_000_000,
}

/**
 * `500ms`, `1.2 s`, `640µs`, `1m30s`, `2h`; a bare number means milliseconds; a decimal comma is taken too.
 * Nanoseconds, or undefined when the text is no duration.
 */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim().toLowerCase().replaceAll(',', '.').replace(/\s+/g, '')
  if (compact === '') return undefined
  if (/^\d+(\.\d+)?$/.test(compact)) return Math.round(Number(compact) * 1_000_000)
  if (!/^(\d+(\.\d+)?[a-zµμ]+)+$/.test(compact)) return undefined
  let total = 0
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)([a-zµμ]+)/g)) {
    const size = unitNs[unit ?? '']
    if (size === undefined) return undefined
    total += Number(amount) * size
  }
  return Math.round(total)
}

/** Exactly these nanoseconds as the shortest of such texts: `1.2s`, `500ms`, `1.234567891s`. */
export function writeDuration(ns: number): string {
  const whole = Math.round(ns)
  const texts = (['s', 'ms', 'µs', 'ns'] as const)
    .map((unit) => `${whole / (unitNs[unit] ?? 1)}${unit}`)
    .filter((text) => parseDuration(text) === whole)
  return texts.sort((a, b) => a.length - b.length)[0] ?? `${whole}ns`
}
