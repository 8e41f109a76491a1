/** Which licences a dependency may have. */

const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  // Of the fonts.
  'OFL-1.1',
  'Unlicense',
])

/** Whether an SPDX expression leaves a choice of permissive licences only. One that mixes AND with OR is not understood. */
export function isPermissive(expression: string): boolean {
  const names = expression.replace(/[()]/g, '')
  if (names.includes(' OR ') && names.includes(' AND ')) return false
  if (names.includes(' OR ')) return names.split(' OR ').some((name) => permissive.has(name.trim()))
  return names.split(' AND ').every((name) => permissive.has(name.trim()))
}
