/** Sizes as people type them. */

const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 1_024,
  m: 1_024 ** 2,
  g: 1_024 ** 3,
  t: 1_024 ** 4,
  kib: 1_024,
  mib: 1_024 ** 2,
  gib: 1_024 ** 3,
  tib: 1_024 ** 4,
}

/** From the largest to the smallest, binary before decimal. */
const writtenUnits = ['TiB', 'GiB', 'MiB', 'KiB', 'TB', 'GB', 'MB', 'kB', 'B'] as const

/**
 * `2 GiB`, `512MiB`, `1.5 g` (binary), `500 MB` (decimal); a decimal comma is taken too. Whole bytes, or undefined when
 * the text is no size: a number without a unit says too little.
 */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:[.,]\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? []
  const size = unitBytes[unit?.toLowerCase() ?? '']
  if (amount === undefined || size === undefined) return undefined
  const bytes = Math.round(Number(amount.replace(',', '.')) * size)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** A size as a field writes it, exactly, in the unit that makes the shortest text: `2 GiB`, `500 MB`. */
export function writeByteSize(bytes: number): string {
  return writtenUnits
    .map((unit) => ({ value: bytes / (unitBytes[unit.toLowerCase()] ?? 1), unit }))
    .filter(({ value }) => value >= 1)
    .map(({ value, unit }) => `${value} ${unit}`)
    .filter((text) => parseByteSize(text) === bytes)
    .reduce((shortest, text) => (text.length < shortest.length ? text : shortest), `${bytes} B`)
}
