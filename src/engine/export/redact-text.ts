/** Texts with what is secret in them replaced by pseudonyms: the same for equal values within one export. */

import { createHmac } from 'node:crypto'
import type { Redaction, RedactionRule } from '#shared/contract/exports.ts'
import { starMatcher } from './redact-names.ts'
import { finders, type Match, mayHoldSecrets } from './redact-patterns.ts'
import { looksLikeSql, sqlLiterals } from './redact-sql.ts'

/** 40 bits: among a hundred thousand values two share a pseudonym in one export of two hundred. */
const pseudonymDigits = 10
const maxCachedTexts = 20_000
const maxCachedLength = 512

export interface RedactedText {
  readonly text: string
  /** The rule of each replacement. */
  readonly rules: readonly string[]
}

const labels: Readonly<Record<string, string>> = {
  secrets: 'secret',
  emails: 'email',
  cards: 'card',
  ips: 'ip',
  urls: 'secret',
  sql: 'sql',
}

export class TextRedactor {
  readonly #rules: ReadonlySet<string>
  readonly #key: Uint8Array
  readonly #patterns: readonly ((word: string) => boolean)[]
  readonly #pseudonyms = new Map<string, string>()
  readonly #texts = new Map<string, RedactedText>()
  readonly #textsWithoutIps = new Map<string, RedactedText>()

  /** Without the key, which nobody keeps, no value can be told from its pseudonym, not even by trying all there are. */
  constructor({ rules, patterns }: Redaction, key: Uint8Array) {
    this.#rules = new Set<string>(rules)
    this.#patterns = patterns.map(starMatcher)
    this.#key = key
  }

  has(rule: RedactionRule): boolean {
    return this.#rules.has(rule)
  }

  /** By every rule; a text that is a version number holds no addresses. */
  redact(text: string, isVersion = false): RedactedText {
    const cache = isVersion ? this.#textsWithoutIps : this.#texts
    const known = text.length <= maxCachedLength ? cache.get(text) : undefined
    if (known) return known
    const redacted = this.#replace(text, this.#matches(text, isVersion))
    if (text.length <= maxCachedLength) {
      if (cache.size >= maxCachedTexts) cache.clear()
      cache.set(text, redacted)
    }
    return redacted
  }

  /** As the text of a statement: its literals, and whatever the other rules find. */
  redactStatement(text: string): RedactedText {
    return this.#replace(text, [...sqlLiterals(text), ...this.#matches(text, false)])
  }

  /** What stands for a whole value. Numbers and their texts are equal. */
  pseudonym(value: string, rule: string): string {
    const label = labels[rule] ?? 'redacted'
    const id = `${label}:${value}`
    let pseudonym = this.#pseudonyms.get(id)
    if (pseudonym === undefined) {
      const digest = createHmac('sha256', this.#key).update(value).digest('hex').slice(0, pseudonymDigits)
      pseudonym = `[${label}:${digest}]`
      if (this.#pseudonyms.size >= maxCachedTexts) this.#pseudonyms.clear()
      this.#pseudonyms.set(id, pseudonym)
    }
    return pseudonym
  }

  #matches(text: string, isVersion: boolean): Match[] {
    const matches = this.#patterns.length === 0 ? [] : this.#words(text)
    if (mayHoldSecrets(text)) {
      for (const [rule, finder] of Object.entries(finders)) {
        if (this.#rules.has(rule) && !(isVersion && rule === 'ips')) matches.push(...finder(text))
      }
    }
    if (this.#rules.has('sql') && looksLikeSql(text)) matches.push(...sqlLiterals(text))
    return matches
  }

  /** Words that are like one of the patterns, each as a whole. */
  #words(text: string): Match[] {
    const matches: Match[] = []
    for (const { 0: word, index } of text.matchAll(/[^\s"'`<>()[\]{},;=]+/g)) {
      if (this.#patterns.some((isLike) => isLike(word)))
        matches.push({ start: index, end: index + word.length, rule: 'patterns' })
    }
    return matches
  }

  /** Of matches that overlap the one that begins first is replaced, and of these the longest. */
  #replace(text: string, matches: Match[]): RedactedText {
    if (matches.length === 0) return { text, rules: [] }
    matches.sort((left, right) => left.start - right.start || right.end - left.end)
    const rules: string[] = []
    let redacted = ''
    let done = 0
    for (const { start, end, rule } of matches) {
      if (start < done) continue
      redacted += text.slice(done, start) + this.pseudonym(text.slice(start, end), rule)
      rules.push(rule)
      done = end
    }
    return { text: redacted + text.slice(done), rules }
  }
}
