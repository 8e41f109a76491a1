/** OTLP/JSON in a form in which equal messages are equal values, whoever wrote them. */

import { jsonBytes } from './arbitrary-otlp.ts'

/** Absent and default are the same in protobuf; inside an attribute's value they are not. */
export function canonicalOtlp(message: unknown): unknown {
  return canonical(keepValues(message))
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value)
    .filter(([, field]) => !isDefault(field))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => [key, key.endsWith('Value') ? canonicalValue(key, field) : canonical(field)] as const)
    .filter(([key, field]) => !(emptyMessages.has(key) && Object.keys(Object(field)).length === 0))
  return Object.fromEntries(fields)
}

/** Messages that mean the same when they are there with nothing in them as when they are not. */
const emptyMessages = new Set(['resource', 'scope', 'status'])

function isDefault(field: unknown): boolean {
  if (field === undefined || field === '' || field === false) return true
  return field === 0 || field === '0' || (Array.isArray(field) && field.length === 0)
}

function canonicalValue(key: string, field: unknown): unknown {
  if (key === 'doubleValue') return spelled(field)
  return typeof field === 'object' ? canonical(field) : field
}

const doubleNames = new Set(['asDouble', 'sum', 'min', 'max', 'zeroThreshold', 'quantile', 'value'])

/** `canonical` drops zeros and empty texts, which inside a value are values. */
function keepValues(value: unknown): unknown {
  return JSON.parse(jsonBytes(value).toString(), (key, field: unknown) => {
    // In protobuf's JSON mapping null is an absent field.
    if (field === null) return undefined
    if (['stringValue', 'intValue', 'boolValue', 'bytesValue'].includes(key)) return `${key}:${String(field)}`
    if (key === 'doubleValue') return `double:${spelled(field)}`
    // Points come back series by series.
    if (key === 'dataPoints' && Array.isArray(field))
      return field.map((point) => JSON.stringify(canonical(point))).sort()
    if (key === 'asInt') return `int:${String(field)}`
    if (key === 'explicitBounds' && Array.isArray(field)) return field.map((bound) => `double:${spelled(bound)}`)
    // `value` is a double in a quantile and a message in an attribute; `sum` is also the name of a message.
    return doubleNames.has(key) && typeof field !== 'object' ? `double:${spelled(field)}` : field
  })
}

const spelled = (value: unknown): string => (Object.is(value, -0) || value === '-0' ? '-0' : String(Number(value)))
