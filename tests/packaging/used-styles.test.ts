/** Which styles the page of an exported file leaves out. */

import { expect, test } from 'vitest'
import { usedStyles } from '../../scripts/used-styles.ts'

const pattern = /\bm_[0-9a-f]{6,8}\b/g
const keep = (css: string) => usedStyles(css, 'root:"m_aaaaaa"', pattern)

test('rules of other classes than the script names go', () => {
  expect(keep('.m_aaaaaa{a:b}.m_bbbbbb{c:d}')).toBe('.m_aaaaaa{a:b}')
  expect(keep('.m_bbbbbb .m_aaaaaa,.m_cccccc{a:b}')).toBe('.m_bbbbbb .m_aaaaaa,.m_cccccc{a:b}')
})

test('everything else stays as it is', () => {
  const css = '@layer a, b;:root{--x:"}";--y:url(a;b)}@keyframes m_bbbbbb{from{a:b}}.own:hover{a:b}'
  expect(keep(css)).toBe(css)
})

test('nested rules are looked at one by one, and what is empty then goes', () => {
  expect(keep('@layer x{@media print{.m_bbbbbb{a:b}}.m_aaaaaa{a:b}}')).toBe('@layer x{.m_aaaaaa{a:b}}')
})

test('a style sheet that was cut off is refused', () => {
  expect(() => keep('.x{a:b')).toThrow('ends within a rule')
})
