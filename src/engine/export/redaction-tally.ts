/** What redaction did, for a person to check before they trust it: counts by rule, and a few samples of each. */

import type { RedactionSample } from '#shared/contract/exports.ts'

const maxSamplesPerRule = 5
const maxSampleLength = 160

export class RedactionTally {
  readonly #counts = new Map<string, number>()
  readonly #samples: RedactionSample[] = []
  /** Rule and place of each sample: ten values of one attribute show no more than one does. */
  readonly #sampled = new Set<string>()
  readonly #samplesOf = new Map<string, number>()

  get found(): { rule: string; count: number }[] {
    return [...this.#counts].map(([rule, count]) => ({ rule, count })).sort((left, right) => right.count - left.count)
  }

  get samples(): readonly RedactionSample[] {
    return this.#samples
  }

  add(where: string, before: string, after: string, rules: readonly string[]): void {
    for (const rule of rules) this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1)
    const [rule] = rules
    if (rule === undefined || (this.#samplesOf.get(rule) ?? 0) >= maxSamplesPerRule) return
    const place = `${rule} ${where}`
    if (this.#sampled.has(place)) return
    this.#sampled.add(place)
    this.#samplesOf.set(rule, (this.#samplesOf.get(rule) ?? 0) + 1)
    this.#samples.push({ rule, where, before: shortened(before), after: shortened(after) })
  }
}

function shortened(text: string): string {
  return text.length <= maxSampleLength ? text : `${text.slice(0, maxSampleLength)}…`
}
