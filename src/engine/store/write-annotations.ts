/** Turns log records named `spanlight.annotation` into marks on the time axis; the record itself is stored like any other. */

import type { Statement } from 'better-sqlite3'
import type { LogRecord } from '#shared/model/batch.ts'
import { type AttributeValue, unpack, unpackAttributes } from '#shared/model/jsonb.ts'
import { parseUnixNano } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

const annotationEvent = 'spanlight.annotation'
const maxTextLength = 500
const maxKindLength = 40

export class AnnotationWriter {
  readonly #put: Statement
  readonly #remove: Statement

  constructor(db: WriteDb) {
    // The end of something is told by a record that repeats when it started.
    this.#put = db.prepare(
      `INSERT INTO annotation (start_unix_nano, end_unix_nano, kind, text, service) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET end_unix_nano = coalesce(excluded.end_unix_nano, end_unix_nano)`,
    )
    this.#remove = db.prepare('DELETE FROM annotation WHERE id = ?')
  }

  /** Within the caller's transaction. */
  note(log: LogRecord, atUnixNano: bigint, service: string): void {
    if (log.eventName !== annotationEvent) return
    const attributes = new Map(unpackAttributes(log.attributes).map(({ key, value }) => [key, value]))
    const told = textOf(attributes.get('spanlight.annotation.text')) || bodyOf(log) || 'annotation'
    const kind = textOf(attributes.get('spanlight.annotation.kind')) || 'note'
    const end = endOf(attributes.get('spanlight.annotation.end_unix_nano'))
    this.#put.run(
      atUnixNano,
      end === undefined || end < atUnixNano ? null : end,
      kind.slice(0, maxKindLength),
      told.slice(0, maxTextLength),
      service,
    )
  }

  /** Whether there was one with this id. */
  remove(id: number): boolean {
    return this.#remove.run(id).changes > 0
  }
}

function textOf(value: AttributeValue | undefined): string {
  return typeof value === 'string' ? value.trim() : ''
}

function bodyOf({ body }: LogRecord): string {
  return body === null ? '' : textOf(unpack(body))
}

/** JavaScript's SDK can't send 64-bit integers: a decimal string and a double are taken as well. */
function endOf(value: AttributeValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value > 0n ? value : undefined
  if (typeof value === 'string') return parseUnixNano(value)
  return typeof value === 'number' && value > 0 && value < 2 ** 63 ? BigInt(Math.round(value)) : undefined
}
