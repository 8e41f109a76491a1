/** JSON that somebody broke: values of any kind at any place of a value that was good. */

import fc from 'fast-check'

/** As text, because what breaks a reader may be more than `JSON.stringify` can write. */
const spelled = (text: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text)

/** Names that objects have without being given them, or that decoders give a meaning. */
const nastyName = fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', '$bytes', '')

const scalar = fc.oneof(
  fc.constantFrom(null, true, -1, 0.5, 1e300, '', 'x', '\ud800', 'ZZ', '-5', '9'.repeat(400), '0'.repeat(40)),
  fc.constantFrom('18446744073709551616', '-9223372036854775809', '1e999', '9'.repeat(400)).map(spelled),
  nastyName,
  fc.string(),
)

/** Long integers apart, because those take another parser. */
const wideInteger = spelled('12345678901234567890')

const object = (value: fc.Arbitrary<unknown>) =>
  fc.array(fc.tuple(fc.oneof(nastyName, fc.string({ maxLength: 4 })), value), { maxLength: 3 }).map(objectOf)

/** As a parser does it: `__proto__` is a name like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): unknown {
  const made = {}
  for (const [key, value] of entries) {
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true })
  }
  return made
}

const depths = fc.constantFrom(5, 90, 101, 1_000)

const junk = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  { arbitrary: object(scalar), weight: 2 },
  { arbitrary: object(fc.constant(wideInteger)), weight: 1 },
  { arbitrary: fc.array(fc.oneof(scalar, object(scalar)), { maxLength: 3 }), weight: 2 },
  { arbitrary: depths.map((depth) => JSON.parse(nested(depth)) as unknown), weight: 1 },
)

export function nested(depth: number): string {
  return `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`
}

/** `good` with junk somewhere in it, as parts of which it is made or beside them. */
export function broken(good: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.array(fc.nat(), { maxLength: 6 }), junk, nastyName, fc.boolean())
    .map(([steps, value, name, adds]) =>
      put(good, steps, (old) => (adds && isObject(old) ? objectOf([...Object.entries(old), [name, value]]) : value)),
    )
}

/** Walks down by `steps`, as far as there is something below. */
function put(value: unknown, steps: readonly number[], change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined || typeof value !== 'object' || value === null) return change(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return change(value)
  const at = step % entries.length
  const changed = entries.map(([key, held], index) => [key, index === at ? put(held, rest, change) : held] as const)
  return Array.isArray(value) ? changed.map(([, held]) => held) : objectOf(changed)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
