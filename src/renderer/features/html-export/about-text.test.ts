import { expect, test } from 'vitest'
import { redactionSentences, redactionSummary } from './about-text.ts'

test('says that nothing was redacted', () => {
  expect(redactionSummary(null)).toBe('values as they were sent')
  expect(redactionSentences(null)).toEqual(['As they were sent: nothing was looked for and nothing replaced.'])
})

test('says what was looked for and what was replaced', () => {
  const redaction = {
    rules: ['secrets', 'emails'],
    names: ['user.*'],
    replaced: [
      { rule: 'emails', count: 2 },
      { rule: 'names', count: 1 },
    ],
  }
  expect(redactionSummary(redaction).replaceAll(/\s/g, ' ')).toBe('3 values redacted')
  expect(redactionSentences(redaction).map((sentence) => sentence.replaceAll(/\s/g, ' '))).toEqual([
    'Replaced before the file was written: 2 e-mail addresses, 1 value by its name. Equal values have equal stand-ins.',
    'Looked for: secrets, e-mail addresses.',
    'Replaced by the name of the attribute: user.*.',
  ])
  expect(redactionSummary({ ...redaction, replaced: [] })).toBe('nothing had to be redacted')
})
