/** Attribute values as text, for formats and tables that know no other type. */

import { type AttributeValue, toPlainJson } from '#shared/model/jsonb.ts'

/** A string as it is, anything else as JSON; bytes are base64. */
export function textOfValue(value: AttributeValue): string {
  const plain = toPlainJson(value)
  return typeof plain === 'string' ? plain : JSON.stringify(plain)
}
