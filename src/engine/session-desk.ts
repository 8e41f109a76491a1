/** Sessions for the app: opens another in place of the one that is open, copies and renames it, and knows which there are. */

import { rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { CopyEvent, RecoverEvent, Session } from '#shared/contract/sessions.ts'
import type { CurrentStore } from './current-store.ts'
import { followed } from './followed-task.ts'
import { type OpenStore, openStoreReadOnly } from './open-store.ts'
import type { RecentSessions } from './recent-sessions.ts'
import { recoverSession } from './recover.ts'
import { unpackSample } from './sample.ts'
import { moveToFreeName } from './store/copy-store.ts'
import { existingSession, freeSessionPath, isSameFile } from './store/session-path.ts'
import { runSessionTask } from './threads/session-task-thread.ts'

const maxListed = 60
const sampleName = 'sample.db'

export interface SessionSources {
  readonly store: CurrentStore
  readonly recent: RecentSessions
  /** Throws BUSY while something writes that can't be taken along. */
  checkIdle(): void
  /** Before `next` takes over: ends what must not go on into it. Throws to keep the one that is open. */
  leave(next: OpenStore): Promise<void>
  /** After another took over. */
  entered(): void
}

export class SessionDesk {
  readonly #sources: SessionSources
  /** One change after the other: two windows may ask at once. */
  #last: Promise<unknown> = Promise.resolve()
  #isClosing = false

  constructor(sources: SessionSources) {
    this.#sources = sources
    sources.recent.note(sources.store.path)
  }

  async list(): Promise<{ sessions: Session[]; folder: string }> {
    const { store, recent } = this.#sources
    const opened = new Map(recent.list.map(({ path, openedUnixMs }) => [path, openedUnixMs]))
    const folder = dirname(store.path)
    const paths = [...new Set([store.path, ...opened.keys(), ...(await databasesIn(folder))])].slice(0, maxListed)
    // The open one is read as it is open: its file may be a copy.
    const files = paths.map((path) => (path === store.path ? store.file : path))
    const facts = await runSessionTask({ name: 'inspect', files })
    return {
      folder,
      sessions: facts.map(({ bytes, contents, problem, fault }, index) => {
        const path = paths[index] ?? ''
        const openedMs = opened.get(path)
        return {
          path,
          name: contents?.title ?? nameOfFile(path),
          isCurrent: path === store.path,
          bytes,
          counts: contents?.counts ?? null,
          startUnixNano: contents?.startUnixNano ?? null,
          endUnixNano: contents?.endUnixNano ?? null,
          lastOpenedUnixNano: openedMs === undefined ? null : `${Math.round(openedMs)}000000`,
          problem,
          fault,
        }
      }),
    }
  }

  open(path: string, isReadOnly: boolean): Promise<{ path: string }> {
    return this.#change(async () => {
      const file = existingSession(this.#absolute(path))
      const { store } = this.#sources
      const open = (): Promise<OpenStore> => (isReadOnly ? openStoreReadOnly(file) : store.open(file))
      if (isSameFile(file, store.path)) {
        if (isReadOnly === store.isReadOnly) return { path: store.path }
        // Its lock can't be had twice.
        return this.#reopen(async () => this.#left(await open()))
      }
      return this.#replace(open)
    })
  }

  /** Beside the session that is open; what was noted in it before is still there. */
  openSample(): Promise<{ path: string }> {
    return this.#change(async () => {
      const { store } = this.#sources
      const file = this.#absolute(sampleName)
      if (isSameFile(file, store.path)) return { path: store.path }
      await unpackSample(file)
      return this.#replace(() => store.open(existingSession(file)))
    })
  }

  create(path: string): Promise<{ path: string }> {
    return this.#change(() => {
      const asked = this.#absolute(path)
      const file = freeSessionPath(withExtension(asked))
      return this.#replace(() => this.#sources.store.open(file))
    })
  }

  /** Ends early with CANCELLED when `signal` aborts. */
  async *saveCopy(path: string, replace: boolean, signal: AbortSignal | undefined): AsyncGenerator<CopyEvent> {
    if (signal?.aborted) throw new SpanlightError('CANCELLED', 'The copy was cancelled.')
    const to = withExtension(this.#absolute(path))
    const copying = followed(signal, (options) =>
      runSessionTask({ name: 'copy', from: this.#sources.store.file, to, replace }, options),
    )
    for await (const event of copying) {
      if (event.type === 'progress') yield event
      else {
        this.#noteBeside(to)
        yield { type: 'done', path: to, bytes: event.result.bytes }
      }
    }
  }

  /** Saves what can be read of a damaged file into a new one. Ends early with CANCELLED when `signal` aborts. */
  async *recover(path: string, newPath: string, signal: AbortSignal | undefined): AsyncGenerator<RecoverEvent> {
    const from = this.#absolute(path)
    const to = withExtension(this.#absolute(newPath))
    if (isSameFile(from, this.#sources.store.path)) {
      throw new SpanlightError('BAD_INPUT', 'This session is open. Open another one first, and then recover it.')
    }
    for await (const event of followed(signal, (options) => recoverSession(from, to, options))) {
      if (event.type === 'progress') yield event
      else {
        this.#noteBeside(to)
        yield { type: 'done', path: to, ...event.result }
      }
    }
  }

  rename({ title, file }: { title?: string | undefined; file?: string | undefined }): Promise<{ path: string }> {
    return this.#change(async () => {
      const { store } = this.#sources
      if (file !== undefined) await this.#renameFile(file)
      if (title !== undefined) await store.command({ name: 'setTitle', title })
      return { path: store.path }
    })
  }

  forget(paths: readonly string[]): void {
    this.#sources.recent.forget(paths)
  }

  /** Waits for a change under way; refuses every later one. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#last
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const change = this.#last.then(() => {
      if (this.#isClosing) throw new SpanlightError('CANCELLED', 'Spanlight is being closed.')
      return work()
    })
    this.#last = change.catch(() => undefined)
    return change
  }

  /** The next one is open before the last one closes: no sender notices, and what can't be opened changes nothing. */
  async #replace(open: () => Promise<OpenStore>): Promise<{ path: string }> {
    const { store, checkIdle } = this.#sources
    checkIdle()
    const next = await this.#left(await open())
    const closing = store.replace(next)
    this.#enter()
    await closing
    return { path: next.path }
  }

  /** `next`, once nothing goes on that belongs to the session before. */
  async #left(next: OpenStore): Promise<OpenStore> {
    try {
      await this.#sources.leave(next)
      this.#sources.checkIdle()
      return next
    } catch (error) {
      await next.close()
      throw error
    }
  }

  /** For what needs the file closed. Its former self comes back when `openNext` fails. */
  async #reopen(openNext: () => Promise<OpenStore>): Promise<{ path: string }> {
    const { store, checkIdle } = this.#sources
    const { path, isReadOnly } = store
    checkIdle()
    let failure: unknown
    await store.reopen(async () => {
      try {
        return await openNext()
      } catch (error) {
        failure = error
        return isReadOnly ? openStoreReadOnly(path) : store.open(path)
      }
    })
    this.#enter()
    if (failure !== undefined) throw failure
    return { path: store.path }
  }

  async #renameFile(name: string): Promise<void> {
    const { store, recent } = this.#sources
    const { path } = store
    if (store.isReadOnly) {
      throw new SpanlightError('STORE_READONLY', 'This session is open read-only: its file keeps its name.')
    }
    if (name !== basename(name) || name.includes('\\') || name === '.' || name === '..') {
      throw new SpanlightError('BAD_INPUT', `“${name}” is no file name: it stays in its folder.`)
    }
    const to = freeSessionPath(join(dirname(path), withExtension(name)))
    await this.#reopen(() => {
      moveToFreeName(path, to)
      rmSync(`${path}.lock`, { force: true })
      return store.open(to)
    })
    recent.forget([path])
  }

  /** On the list as one that was just made, behind the one that is open. */
  #noteBeside(path: string): void {
    const { recent, store } = this.#sources
    recent.note(path)
    recent.note(store.path)
  }

  #enter(): void {
    const { store, recent, entered } = this.#sources
    recent.note(store.path)
    entered()
  }

  #absolute(path: string): string {
    return isAbsolute(path) ? path : resolve(dirname(this.#sources.store.path), path)
  }
}

/** A file's name without its extension. */
export function nameOfFile(path: string): string {
  return basename(path, extname(path))
}

function withExtension(path: string): string {
  return extname(path) === '' ? `${path}.db` : path
}

async function databasesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => extname(name) === '.db')
    .sort()
    .map((name) => join(folder, name))
}
