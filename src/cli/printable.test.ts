/** Nothing from a file commands the terminal. */

import { expect, it } from 'vitest'
import { importReport } from '../../tests/support/import-report.ts'
import { reportText } from './import-text.ts'
import { printable, printableLines } from './printable.ts'

const esc = '\u001b'

it('shows control characters, line breaks and what reorders text, and leaves the rest', () => {
  expect(printable(`a${esc}[2J\nb\tc\u202e\u{e0001}é`)).toBe('a\\u001b[2J\\nb c\\u202e\\ue0001é')
  expect(printableLines(`one${esc}\ntwo`)).toBe('one\\u001b\ntwo')
})

it('tells the names in a zip, and what is wrong with a file, on one harmless line each', () => {
  const title = `${esc}]0;owned\u0007`
  const report = importReport({
    name: `${title}.zip`,
    state: 'failed',
    readBytes: 1,
    refused: 2,
    problem: `broken at ${title}`,
    reasons: [{ reason: `odd ${title}`, count: 2 }],
    refusals: [{ file: `x\n  stored   1 span${title}`, line: 1, reason: `odd ${title}`, count: 1 }],
  })
  const text = reportText(report)
  expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  expect(text.split('\n')).toHaveLength(7)
  expect(text).toContain('x\\n  stored   1 span\\u001b]0;owned\\u0007, line 1: odd')
})
