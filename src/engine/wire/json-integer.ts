/** Integers of any size as JSON writes them: digits, not a text and not a rounded number. */

/** V8 has it (`JSON.rawJSON`, ECMAScript proposal "JSON.parse source text access"), the type declarations have not. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

/** What `JSON.stringify` writes as exactly this integer. */
export function jsonInteger(value: bigint): unknown {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : rawJSON(value.toString())
}
