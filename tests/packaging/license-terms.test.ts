/** Which licences let a package ship. */

import { expect, test } from 'vitest'
import { isPermissive } from '../../scripts/license-terms.ts'

test.each(['MIT', 'Apache-2.0', '(MIT OR CC0-1.0)', 'MIT OR GPL-3.0-only', 'MIT AND ISC', 'OFL-1.1'])(
  '%s does',
  (expression) => expect(isPermissive(expression)).toBe(true),
)

test.each([
  '',
  'GPL-3.0-only',
  'MIT AND GPL-2.0-only',
  'UNLICENSED',
  'SEE LICENSE IN x',
  '(MIT OR ISC) AND GPL-2.0-only',
])('%j does not', (expression) => expect(isPermissive(expression)).toBe(false))
