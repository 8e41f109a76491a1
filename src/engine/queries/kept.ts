/** What a reader keeps of its database from one answer to the next, in bounded room. Whether it is still true is for who asks to know. */

import type { ReadDb } from '../store/database.ts'

export class Kept<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly bytes: number }>()
  readonly #maxBytes: number
  readonly #bytesOf: (value: Value, key: string) => number
  #bytes = 0

  constructor(maxBytes: number, bytesOf: (value: Value, key: string) => number) {
    this.#maxBytes = maxBytes
    this.#bytesOf = bytesOf
  }

  get(key: string): Value | undefined {
    return this.#kept.get(key)?.value
  }

  /** What wasn't put for longest goes where there is no room; what is larger than all the room isn't kept. */
  put(key: string, value: Value): void {
    this.#drop(key)
    const bytes = this.#bytesOf(value, key)
    if (bytes > this.#maxBytes) return
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes + bytes <= this.#maxBytes) break
      this.#drop(oldest)
    }
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0
    this.#kept.delete(key)
  }
}

/** Each handle has its own: another session is another handle. */
export function keptByHandle<Value>(make: () => Kept<Value>): (db: ReadDb) => Kept<Value> {
  const byHandle = new WeakMap<ReadDb, Kept<Value>>()
  return (db) => {
    const kept = byHandle.get(db) ?? make()
    byHandle.set(db, kept)
    return kept
  }
}
