/**
 * Answers that are plain JSON already, as nearly all are, go to `JSON.stringify` as they are. oRPC would copy them value by value
 * first, looking for what JSON can't hold; for thousands of numbers that takes longer than the query.
 */

/** Not an object oRPC looks into. */
class PlainAnswer {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  toJSON(): unknown {
    return this.#value
  }
}

/** For the handlers of all carriers. Clients needn't know it: what is read is what was written. */
export const plainAnswers = [
  {
    type: 100,
    condition: (data: unknown): boolean => typeof data === 'object' && data !== null && isPlain(data),
    serialize: (data: unknown): unknown => new PlainAnswer(data),
    deserialize: (data: unknown): unknown => data,
  },
]

/** Whether JSON says all of it. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number'
      ? !Number.isNaN(value)
      : typeof value === 'string' || typeof value === 'boolean' || value === null
  }
  if (Array.isArray(value)) return value.every(isPlain)
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return false
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key]
    if (field !== undefined && !isPlain(field)) return false
  }
  return true
}
