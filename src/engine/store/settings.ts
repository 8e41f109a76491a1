/** Settings at rest: one JSON value per key. */

import type { Database } from 'better-sqlite3'
import type { WriteDb } from './database.ts'

export interface RetentionPolicy {
  /** The pages in use are kept at about this size. */
  readonly maxBytes: number
  /** Null keeps everything that fits. */
  readonly maxAgeSeconds: number | null
  /** The same for rollups; null keeps them while they fit in their share. */
  readonly rollupMaxAgeSeconds: number | null
}

export const defaultRetention: RetentionPolicy = {
  maxBytes: 2 * 1024 ** 3,
  maxAgeSeconds: null,
  rollupMaxAgeSeconds: null,
}

export interface ReceiverPorts {
  readonly grpc: number
  readonly http: number
  /** Absent in files of before, null for none. */
  readonly zipkin?: number | null
}

/** What exports replace; see `contract/exports.ts`. */
export interface RedactionSetting {
  readonly rules: readonly string[]
  readonly names: readonly string[]
  readonly patterns: readonly string[]
}

interface StoredSettings {
  readonly retention: RetentionPolicy
  /** Ports a person chose in the app; absent while the defaults stand. */
  readonly ports: ReceiverPorts
  /** What a person calls this session; absent while its file's name will do. */
  readonly title: string
  readonly redaction: RedactionSetting
}

export function readSetting<Key extends keyof StoredSettings>(db: Database, key: Key): StoredSettings[Key] | undefined {
  const text = db.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(key) as string | undefined
  return text === undefined ? undefined : (JSON.parse(text) as StoredSettings[Key])
}

export function writeSetting<Key extends keyof StoredSettings>(
  db: WriteDb,
  key: Key,
  value: StoredSettings[Key],
): void {
  db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    key,
    JSON.stringify(value),
  )
}

/** Within the caller's transaction. An empty title is none. */
export function setTitle(db: WriteDb, title: string): void {
  if (title === '') db.prepare("DELETE FROM setting WHERE key = 'title'").run()
  else writeSetting(db, 'title', title)
}
