/** What an exported file says of itself, in sentences. */

import type { ExportManifest } from '#shared/contract/html-export.ts'
import { formatQuantity } from '../../ui/format.ts'

/** What each rule looks for: one and many of it. */
const rules: Readonly<Record<string, readonly [one: string, many: string]>> = {
  secrets: ['secret', 'secrets'],
  emails: ['e-mail address', 'e-mail addresses'],
  cards: ['card number', 'card numbers'],
  ips: ['IP address', 'IP addresses'],
  sql: ['SQL literal', 'SQL literals'],
  urls: ['credential in a URL', 'credentials in URLs'],
  names: ['value by its name', 'values by their names'],
  patterns: ['word by a pattern', 'words by patterns'],
}

function wordsOf(rule: string): readonly [one: string, many: string] {
  return rules[rule] ?? [rule, rule]
}

export function redactionSentences(redaction: ExportManifest['redaction']): readonly string[] {
  if (redaction === null) return ['As they were sent: nothing was looked for and nothing replaced.']
  const { replaced, names } = redaction
  const found = replaced.map(({ rule, count }) => formatQuantity(count, ...wordsOf(rule)))
  const looked = redaction.rules.map((rule) => wordsOf(rule)[1])
  return [
    found.length === 0
      ? 'Nothing was found that had to be replaced.'
      : `Replaced before the file was written: ${found.join(', ')}. Equal values have equal stand-ins.`,
    ...(looked.length === 0 ? [] : [`Looked for: ${looked.join(', ')}.`]),
    ...(names.length === 0 ? [] : [`Replaced by the name of the attribute: ${names.join(', ')}.`]),
  ]
}

/** In a few words, for the bar above every screen. */
export function redactionSummary(redaction: ExportManifest['redaction']): string {
  if (redaction === null) return 'values as they were sent'
  const count = redaction.replaced.reduce((sum, each) => sum + each.count, 0)
  return count === 0 ? 'nothing had to be redacted' : `${formatQuantity(count, 'value')} redacted`
}
