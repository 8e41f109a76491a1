/** Gathers spans by where they come from and what made them, so that OTLP says both once for all of them. */

import type { JsonObject } from './json-fields.ts'
import type { OtlpDocument } from './otlp-document.ts'

export class SpanGroups {
  readonly #resourceSpans: JsonObject[] = []
  /** By whatever stands for a resource, then by what stands for a scope. */
  readonly #groups = new Map<unknown, Map<string, unknown[]>>()

  get otlp(): OtlpDocument {
    return { resourceSpans: this.#resourceSpans }
  }

  /** What isn't even an object, to be refused as such by the decoder of OTLP, which counts it. */
  addBroken(span: unknown): void {
    this.#resourceSpans.push({ scopeSpans: [{ spans: [span] }] })
  }

  /** `source` is equal for spans of one resource, which `describe` describes when it is the first time. */
  add(span: JsonObject, scope: JsonObject, source: unknown, describe: () => JsonObject): void {
    let scopes = this.#groups.get(source)
    if (!scopes) {
      scopes = new Map()
      this.#groups.set(source, scopes)
    }
    // A scope without names has all it says in its source.
    const { name = '', version = '' } = scope
    const key = typeof name === 'string' && typeof version === 'string' ? `${name}\0${version}` : ''
    let spans = scopes.get(key)
    if (!spans) {
      spans = []
      scopes.set(key, spans)
      const { schemaUrl, ...described } = scope
      this.#resourceSpans.push({ resource: describe(), scopeSpans: [{ scope: described, schemaUrl, spans }] })
    }
    spans.push(span)
  }
}
