/** Every pair of text and ground in the design's tokens meets WCAG AA, in both colour schemes. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../src/renderer/ui/tokens.css', import.meta.url), 'utf8')
const darkAt = css.indexOf(':root[data-mantine-color-scheme')

function tokens(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  )
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function contrast(first: string, second: string): number {
  const [high, low] = [luminance(first), luminance(second)].sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

describe.each([
  ['light', tokens(css.slice(0, darkAt))],
  ['dark', tokens(css.slice(darkAt))],
])('%s', (_, palette) => {
  const color = (name: string) => palette.get(name) ?? '#000000'
  const texts = [
    ...['text', 'muted', 'faint', 'error', 'warn', 'ok', 'accent-text'].flatMap((text) =>
      ['bg', 'surface', 'sunken', 'hover'].map((ground) => [text, ground] as const),
    ),
    ['accent-text', 'accent-soft'],
    ['text', 'accent-soft'],
    ['muted', 'accent-soft'],
    ['faint', 'accent-soft'],
    ['error', 'error-soft'],
    ['text', 'error-soft'],
    ['muted', 'error-soft'],
    ['warn', 'warn-soft'],
    ['text', 'warn-soft'],
    ['ok', 'ok-soft'],
    ['on-accent', 'accent'],
    ['surface', 'error'],
  ] as const

  test.each(texts)('%s on %s can be read (AA)', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(Array.from({ length: 12 }, (_, index) => `s${index + 1}`))('mark %s stands out', (mark) => {
    expect(contrast(color(mark), color('surface'))).toBeGreaterThanOrEqual(3)
  })
})
