/** The bytes that give JSON its shape, for those who read it as bytes. */

export const Byte = {
  tab: 0x09,
  newline: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  hash: 0x23,
  star: 0x2a,
  comma: 0x2c,
  minus: 0x2d,
  slash: 0x2f,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const

const blanks: ReadonlySet<number> = new Set([Byte.space, Byte.tab, Byte.newline, Byte.return, Byte.comma])

/** Whether a byte may separate values that stand beside each other. */
export function isBetweenValues(byte: number | undefined): boolean {
  return byte !== undefined && blanks.has(byte)
}

/** By byte: 1 for those that end nothing and begin nothing, within strings or outside. */
export const isPlain = new Uint8Array(256).fill(1)
for (const byte of '"\\[]{}\n') isPlain[byte.charCodeAt(0)] = 0
