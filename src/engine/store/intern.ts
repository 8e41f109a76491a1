/** Rows that many records share (services, resources, scopes, operations): found or added once, then known by id. */

import { createHash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import type { ResourceRecord, ScopeRecord } from '#shared/model/batch.ts'
import type { WriteDb } from './database.ts'

/** Above this a cache starts anew: endless span names must not fill the memory. */
const maxCached = 20_000

/** A bounded map from what a row says to its id. */
class IdCache {
  readonly #ids = new Map<string, number>()

  get(key: string): number | undefined {
    return this.#ids.get(key)
  }

  set(key: string, id: number): number {
    if (this.#ids.size >= maxCached) this.#ids.clear()
    this.#ids.set(key, id)
    return id
  }

  clear(): void {
    this.#ids.clear()
  }
}

export interface InternedResource {
  readonly id: number
  readonly serviceId: number
}

export class Interner {
  readonly #services = new IdCache()
  readonly #resources = new IdCache()
  readonly #scopes = new IdCache()
  readonly #operations = new IdCache()
  readonly #statements: Record<'service' | 'resource' | 'scope' | 'operation', { find: Statement; add: Statement }>

  constructor(db: WriteDb) {
    this.#statements = {
      service: {
        find: db.prepare('SELECT id FROM service WHERE name = ?').pluck(),
        add: db.prepare('INSERT INTO service (name) VALUES (?)'),
      },
      resource: {
        find: db.prepare('SELECT id FROM resource WHERE digest = ?').pluck(),
        add: db.prepare(
          'INSERT INTO resource (digest, service_id, attributes, dropped_attributes_count, entity_refs, schema_url) VALUES (?, ?, ?, ?, ?, ?)',
        ),
      },
      scope: {
        find: db.prepare('SELECT id FROM scope WHERE digest = ?').pluck(),
        add: db.prepare(
          'INSERT INTO scope (digest, name, version, attributes, dropped_attributes_count, schema_url) VALUES (?, ?, ?, ?, ?, ?)',
        ),
      },
      operation: {
        find: db.prepare('SELECT id FROM operation WHERE service_id = ? AND name = ? AND kind = ?').pluck(),
        add: db.prepare('INSERT INTO operation (service_id, name, kind) VALUES (?, ?, ?)'),
      },
    }
  }

  service(name: string): number {
    return this.#services.get(name) ?? this.#services.set(name, this.#rowId('service', [name], [name]))
  }

  resource(record: ResourceRecord): InternedResource {
    const { attributes, droppedAttributesCount, entityRefs, schemaUrl } = record
    const serviceId = this.service(record.serviceName)
    const parts = [attributes, String(droppedAttributesCount), entityRefs ?? '', schemaUrl]
    const key = keyOf(parts)
    const known = this.#resources.get(key)
    if (known !== undefined) return { id: known, serviceId }
    const digest = digestOf(parts)
    const columns = [digest, serviceId, attributes, droppedAttributesCount, entityRefs, schemaUrl]
    return { id: this.#resources.set(key, this.#rowId('resource', [digest], columns)), serviceId }
  }

  scope(record: ScopeRecord): number {
    const { name, version, attributes, droppedAttributesCount, schemaUrl } = record
    const parts = [name, version, attributes, String(droppedAttributesCount), schemaUrl]
    const key = keyOf(parts)
    const known = this.#scopes.get(key)
    if (known !== undefined) return known
    const digest = digestOf(parts)
    const columns = [digest, name, version, attributes, droppedAttributesCount, schemaUrl]
    return this.#scopes.set(key, this.#rowId('scope', [digest], columns))
  }

  operation(serviceId: number, name: string, kind: number): number {
    const key = `${serviceId} ${kind} ${name}`
    return (
      this.#operations.get(key) ??
      this.#operations.set(key, this.#rowId('operation', [serviceId, name, kind], [serviceId, name, kind]))
    )
  }

  /** Forgets everything: ids of a transaction that was rolled back exist no more. */
  forget(): void {
    for (const cache of [this.#services, this.#resources, this.#scopes, this.#operations]) cache.clear()
  }

  #rowId(table: 'service' | 'resource' | 'scope' | 'operation', key: unknown[], columns: unknown[]): number {
    const { find, add } = this.#statements[table]
    const found = find.get(key)
    return Number(found ?? add.run(columns).lastInsertRowid)
  }
}

/** What a short row says is its key, as making a digest takes longer than all the rest; a long one's is the digest. */
const maxKeyBytes = 1024

function keyOf(parts: readonly (string | Uint8Array)[]): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > maxKeyBytes) return digestOf(parts).toString('latin1')
  let key = ''
  for (const part of parts) key += `${part.length}:${typeof part === 'string' ? part : latin1(part)}`
  return key
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Lengths stand before the parts, so that no two lists of parts read the same. */
function digestOf(parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest()
}
