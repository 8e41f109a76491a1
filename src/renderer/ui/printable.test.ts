import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, printableLine } from './printable.ts'

const esc = '\u001b'

describe('printable', () => {
  it('takes terminal colours, cursor moves and links away', () => {
    expect(printable(`${esc}[1;31mfailed${esc}[0m`)).toBe('failed')
    expect(printable(`${esc}[2K${esc}[1Gdone`)).toBe('done')
    expect(printable(`${esc}]8;;https://example.org${esc}\\link${esc}]8;;\u0007`)).toBe('link')
    expect(printable(`\u009b31mred`)).toBe('red')
  })

  it('keeps lines and tabs, and shows what else cannot be seen', () => {
    expect(printable('a\r\nb\rc\n\td')).toBe('a\nb\nc\n\td')
    expect(printable('nul\u0000 bell\u0007 del\u007f')).toBe('nul\\x00 bell\\x07 del\\x7f')
    expect(printable('user\u202egnp.exe')).toBe('user\\u202egnp.exe')
  })

  it('leaves no control character in any text, and text without any as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const character of printable(text)) {
          const code = character.codePointAt(0) ?? 0
          expect(code === 0x0a || code === 0x09 || (code >= 0x20 && (code < 0x7f || code > 0x9f))).toBe(true)
        }
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(printable(text)).toBe(text)
      }),
    )
  })
})

describe('printableLine', () => {
  it('is one line of bounded length', () => {
    expect(printableLine('first\n   second\tthird', 100)).toBe('first ⏎ second third')
    expect(printableLine('x'.repeat(10), 4)).toBe('xxxx…')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.integer({ min: 1, max: 200 }), (text, max) => {
        const line = printableLine(text, max)
        expect(line).not.toMatch(/[\n\r\t]/)
        expect(line.length).toBeLessThanOrEqual(max + 1)
      }),
    )
  })
})
