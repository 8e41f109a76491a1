/** OTLP/JSON documents from stored rows: the nesting of resources and scopes around records, built as text. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { Placed, ResourceData, ScopeData } from '#shared/model/telemetry-data.ts'
import { type Json, resourceJson, scopeJson } from '../wire/otlp-json-encode.ts'

/** One answer stays below what a browser and a terminal can take; whole stores are exported as files. */
const maxResponseBytes = 256 * 1024 * 1024

/** Takes records sorted by resource and scope; nothing is held twice. */
export class OtlpDocument {
  readonly #fields: { readonly resources: string; readonly scopes: string; readonly records: string }
  readonly #parts: Buffer[] = []
  #bytes = 0
  #resource: ResourceData | undefined
  #scope: ScopeData | undefined

  constructor(fields: { resources: string; scopes: string; records: string }) {
    this.#fields = fields
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  add({ resource, scope }: Placed, record: Json): void {
    const sameResource = resource === this.#resource
    if (sameResource && scope === this.#scope) this.#push(',')
    else {
      if (!sameResource) this.#openResource(resource)
      else this.#push(']},')
      this.#push(`${open(scopeJson(scope))}"${this.#fields.records}":[`)
      this.#scope = scope
    }
    this.#push(JSON.stringify(record))
  }

  finish(): Uint8Array {
    if (this.isEmpty) this.#push(`{"${this.#fields.resources}":[]}`)
    else this.#push(']}]}]}')
    return Buffer.concat(this.#parts)
  }

  #openResource(resource: ResourceData): void {
    this.#push(this.#resource === undefined ? `{"${this.#fields.resources}":[` : ']}]},')
    this.#push(`${open(resourceJson(resource))}"${this.#fields.scopes}":[`)
    this.#resource = resource
  }

  #push(text: string): void {
    const part = Buffer.from(text)
    this.#bytes += part.length
    if (this.#bytes > maxResponseBytes) {
      throw new SpanlightError('TOO_LARGE', 'This is larger than 256 MiB as JSON; read it from the database.')
    }
    this.#parts.push(part)
  }
}

/** An object's text without its end, ready for one more field. */
function open(fields: Json): string {
  return `${JSON.stringify(fields).slice(0, -1)},`
}
