/** Resources and scopes, which documents repeat to the letter: each is decoded once and known by its bytes. */

import { parseJsonText } from './json-fields.ts'

/** Above this it starts anew: endless resources must not fill the memory. */
const maxKnown = 1_000
const maxKnownBytes = 16 * 1024

export class SharedRecords<Record> {
  readonly #decode: (json: unknown, schemaUrl: string) => Record
  readonly #known = new Map<string, Record>()
  readonly #places = new Map<Record, number>()
  #used: Record[] = []

  constructor(decode: (json: unknown, schemaUrl: string) => Record) {
    this.#decode = decode
  }

  /** The place of a record among those in use. An empty range is one that is absent. Throws what decoding throws. */
  find(bytes: Buffer, start: number, end: number, schemaUrl: string): number {
    const text = bytes.toString('utf8', start, end)
    const key = `${schemaUrl}\n${text}`
    const known = this.#known.get(key)
    if (known !== undefined) return this.#placeOf(known)
    const record = this.#decode(text === '' ? undefined : parseJsonText(text), schemaUrl)
    if (key.length <= maxKnownBytes) {
      if (this.#known.size >= maxKnown) this.#known.clear()
      this.#known.set(key, record)
    }
    return this.#placeOf(record)
  }

  /** Those that were in use since this was last asked. */
  take(): Record[] {
    const used = this.#used
    this.#used = []
    this.#places.clear()
    return used
  }

  #placeOf(record: Record): number {
    const place = this.#places.get(record)
    if (place !== undefined) return place
    this.#places.set(record, this.#used.length)
    return this.#used.push(record) - 1
  }
}
