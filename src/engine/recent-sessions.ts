/** The sessions opened lately, kept in a small file of the person's settings: newest first, and not without end. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const maxRecent = 20

const recentSchema = z.object({ path: z.string().min(1).max(4096), openedUnixMs: z.number() })
export type RecentSession = z.infer<typeof recentSchema>

export class RecentSessions {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** Read anew each time: another Spanlight may have opened something. A file that can't be read is none. */
  get list(): readonly RecentSession[] {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      return z.array(recentSchema).parse(kept).slice(0, maxRecent)
    } catch {
      return []
    }
  }

  note(path: string): void {
    this.#write([{ path, openedUnixMs: Date.now() }, ...this.list.filter((each) => each.path !== path)])
  }

  forget(paths: readonly string[]): void {
    this.#write(this.list.filter(({ path }) => !paths.includes(path)))
  }

  /** Never throws: the list is a comfort. */
  #write(sessions: readonly RecentSession[]): void {
    const unfinished = `${this.#file}.${process.pid}.tmp`
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(unfinished, `${JSON.stringify(sessions.slice(0, maxRecent), null, 2)}\n`)
      renameSync(unfinished, this.#file)
    } catch (error) {
      console.error(`spanlight: ${this.#file} could not be written:`, error)
    }
  }
}
