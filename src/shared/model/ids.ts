/** Trace and span ids: 16 and 8 bytes on the wire and in the store, lower-case hex in contracts and URLs. */

export const traceIdBytes = 16
export const spanIdBytes = 8

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** By character code; what is no digit is 0xff. */
const digitOfCode = new Uint8Array(128).fill(0xff)
for (let digit = 0; digit < 16; digit++) {
  const character = digit.toString(16)
  digitOfCode[character.charCodeAt(0)] = digit
  digitOfCode[character.toUpperCase().charCodeAt(0)] = digit
}

/** Lower-case hex of `bytes`; leading zeros are kept. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexOfByte[byte]
  return hex
}

/** Bytes of a hex string in either case, or `undefined` when it isn't hex or has an odd length. */
export function fromHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    const high = digitOfCode[hex.charCodeAt(index * 2)]
    const low = digitOfCode[hex.charCodeAt(index * 2 + 1)]
    if (high === undefined || low === undefined || (high | low) > 0xf) return undefined
    bytes[index] = (high << 4) | low
  }
  return bytes
}

/**
 * Whether these bytes may identify a trace or span: the right length and not all zero
 * (OTLP `trace.proto`: "An ID with all zeroes OR of length other than 16 bytes is considered invalid").
 */
export function isValidId(bytes: Uint8Array, length: number): boolean {
  if (bytes.length !== length) return false
  for (const byte of bytes) if (byte !== 0) return true
  return false
}

export function isSameId(left: Uint8Array, right: Uint8Array): boolean {
  if (left === right) return true
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}

/** `true` for 32 hex digits that are not all zero. */
export function isTraceIdHex(text: string): boolean {
  return /^[0-9a-fA-F]{32}$/.test(text) && !/^0+$/.test(text)
}
