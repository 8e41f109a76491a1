/** OTLP/JSON documents from stored rows: the nesting of resources and scopes around records, built as text. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { toPlainJson, unpack } from '#shared/model/jsonb.ts'
import { resourceById, scopeById } from '../queries/stored-rows.ts'
import type { ReadDb } from '../store/database.ts'
import { attributesJson } from '../wire/otlp-json-encode.ts'

export type Json = { readonly [key: string]: unknown }

/** One answer stays below what a browser and a terminal can take; whole stores are exported as files. */
const maxResponseBytes = 256 * 1024 * 1024

/** Takes rows sorted by resource and scope; nothing is held twice. */
export class OtlpDocument {
  readonly #db: ReadDb
  readonly #fields: { readonly resources: string; readonly scopes: string; readonly records: string }
  readonly #parts: Buffer[] = []
  #bytes = 0
  #resourceId: bigint | undefined
  #scopeId: bigint | undefined

  constructor(db: ReadDb, fields: { resources: string; scopes: string; records: string }) {
    this.#db = db
    this.#fields = fields
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  add(row: { readonly resource_id: bigint; readonly scope_id: bigint }, record: Json): void {
    const sameResource = row.resource_id === this.#resourceId
    const sameScope = sameResource && row.scope_id === this.#scopeId
    if (sameScope) this.#push(',')
    else {
      if (!sameResource) this.#openResource(row.resource_id)
      else this.#push(']},')
      this.#push(`${open(scopeJson(this.#db, row.scope_id))}"${this.#fields.records}":[`)
      this.#scopeId = row.scope_id
    }
    this.#push(JSON.stringify(record))
  }

  finish(): Uint8Array {
    if (this.isEmpty) this.#push(`{"${this.#fields.resources}":[]}`)
    else this.#push(']}]}]}')
    return Buffer.concat(this.#parts)
  }

  #openResource(id: bigint): void {
    this.#push(this.#resourceId === undefined ? `{"${this.#fields.resources}":[` : ']}]},')
    this.#push(`${open(resourceJson(this.#db, id))}"${this.#fields.scopes}":[`)
    this.#resourceId = id
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

export function resourceJson(db: ReadDb, id: bigint): Json {
  const { attributes, dropped_attributes_count, entity_refs, schema_url } = resourceById(db, id)
  const entityRefs = entity_refs === null ? {} : { entityRefs: toPlainJson(unpack(entity_refs)) }
  return {
    resource: {
      attributes: attributesJson(attributes),
      droppedAttributesCount: Number(dropped_attributes_count),
      ...entityRefs,
    },
    ...optional('schemaUrl', schema_url),
  }
}

export function scopeJson(db: ReadDb, id: bigint): Json {
  const { name, version, attributes, dropped_attributes_count, schema_url } = scopeById(db, id)
  return {
    scope: {
      name,
      version,
      attributes: attributesJson(attributes),
      droppedAttributesCount: Number(dropped_attributes_count),
    },
    ...optional('schemaUrl', schema_url),
  }
}

/** Protobuf's JSON mapping leaves empty text out. */
export function optional(name: string, text: string): Json {
  return text === '' ? {} : { [name]: text }
}
