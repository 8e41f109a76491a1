/** An attribute's value, or a log's body, as text. */

const shortCharacters = 60

/** Strings as they are, everything else as JSON; in lines of its own where it has parts. */
export function attributeText(value: unknown): string {
  if (typeof value === 'string') return value
  const line = JSON.stringify(value) ?? ''
  return line.length < shortCharacters ? line : JSON.stringify(value, null, 2)
}
