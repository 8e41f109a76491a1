/** What a session file holds, for lists of sessions: its title, how much, and from when to when. */

import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { checkOwner, openAlone, refuseDamaged } from './database.ts'
import { refuseFuture } from './migrate.ts'
import { existingSession } from './session-path.ts'
import { readSetting } from './settings.ts'
import { storeErrorOf } from './store-error.ts'

export interface SessionCounts {
  readonly spans: number
  readonly logs: number
  readonly points: number
}

export interface SessionContents {
  readonly title: string | null
  readonly counts: SessionCounts
  /** Of its oldest and newest span or log; null where there is none. */
  readonly startUnixNano: string | null
  readonly endUnixNano: string | null
}

export type SessionFacts = {
  readonly path: string
  readonly bytes: number
} & (
  | { readonly contents: SessionContents; readonly problem: null; readonly fault: null }
  | { readonly contents: null; readonly problem: string; readonly fault: 'gone' | 'damaged' | 'other' }
)

/** Never throws: a file that can't be read says why. */
export function sessionFacts(path: string): SessionFacts {
  try {
    const file = existingSession(path)
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
    const bytes = statSync(file).size + (log?.size ?? 0)
    const db = openAlone(file)
    try {
      checkOwner(db, file)
      refuseFuture(db, file)
      refuseDamaged(db, file)
      return { path, bytes, contents: sessionContents(db), problem: null, fault: null }
    } finally {
      db.close()
    }
  } catch (error) {
    const known = storeErrorOf(error, path)
    if (!(known instanceof SpanlightError)) {
      return { path, bytes: 0, contents: null, problem: String(known), fault: 'other' }
    }
    const { code, data, message } = known
    const fault = code === 'NOT_FOUND' ? 'gone' : data?.damaged === undefined ? 'other' : 'damaged'
    return { path, bytes: 0, contents: null, problem: message, fault }
  }
}

function sessionContents(db: Database): SessionContents {
  const tally = new Map(db.prepare('SELECT name, value FROM tally').raw().all() as [string, bigint][])
  const count = (name: string): number => Number(tally.get(name) ?? 0n)
  const bound = (which: 'min' | 'max'): string | null => {
    const at = db
      .prepare(
        `SELECT ${which}(at) FROM (
           SELECT ${which}(start_unix_nano) AS at FROM trace UNION ALL SELECT ${which}(at_unix_nano) FROM log_record)`,
      )
      .pluck()
      .get() as bigint | null
    return at === null ? null : String(at)
  }
  return {
    title: readSetting(db, 'title') ?? null,
    counts: { spans: count('spans'), logs: count('logs'), points: count('points') },
    startUnixNano: bound('min'),
    endUnixNano: bound('max'),
  }
}
