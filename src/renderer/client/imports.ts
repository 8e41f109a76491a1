/** Imports as all screens see them: what this page sends, what anybody else brings in, and how each ended. */

import { useSyncExternalStore } from 'react'
import type { ImportReport } from '#shared/contract/imports.ts'
import { api } from './api.ts'
import { chooseFiles } from './choose-files.ts'
import { type PickedFile, sendFiles } from './import-sender.ts'
import { forgetSending, rememberSending, takeInterrupted } from './interrupted-imports.ts'
import { type OwnImport, type ShownImport, type Source, shownImports } from './shown-imports.ts'
import { createStore } from './store.ts'

const resubscribeMs = 500

const own = createStore<readonly OwnImport[]>([])
const watched = createStore<readonly ImportReport[]>([])
const shown = createStore<readonly ShownImport[]>([])

for (const store of [own, watched]) store.subscribe(combine)

/** Those of this window first, newest first; of others only what runs. */
export function useImports(): readonly ShownImport[] {
  return useSyncExternalStore(shown.subscribe, shown.get)
}

/** Called once, before the app is drawn. */
export function startImports(): void {
  void follow()
  for (const { id, name } of takeInterrupted()) void tellInterrupted(id, name)
}

/** Asks for files and imports them. */
export async function openFiles(): Promise<void> {
  importFiles(await chooseFiles())
}

/** One import, however many files: one progress and one report. */
export function importFiles(files: readonly PickedFile[]): void {
  const [first] = files
  if (first !== undefined) send(files, files.length === 1 ? first.path : commonName(files), 'auto')
}

/** Files of this machine by their paths, which only the desktop window may ask for. */
export async function importPaths(paths: readonly string[], as: 'auto' | 'text' = 'auto'): Promise<void> {
  const names = paths.map((path) => path.split(/[\\/]/).at(-1) ?? path)
  try {
    const { ids } = await api.imports.open({ paths: [...paths], as })
    for (const [index, id] of ids.entries())
      add(newOwn(names[index] ?? '', id, { paths: paths.slice(index, index + 1) }))
  } catch (error) {
    const failed = newOwn(names.join(', '), undefined, { paths })
    add({ ...failed, shown: { ...failed.shown, error } })
  }
}

export function cancelImport(key: string): void {
  const found = own.get().find(({ shown: { key: each } }) => each === key)
  // The sender tells the engine between two chunks.
  found?.abort.abort()
  const id = found ? found.id : key
  if (id !== undefined && found?.source.files === undefined) void api.imports.cancel({ id })
}

export function repeatImport(key: string, as: 'auto' | 'text' = 'auto'): void {
  const found = own.get().find(({ shown: { key: each } }) => each === key)
  dismissImport(key)
  if (found?.source.files) send(found.source.files, found.shown.name, as)
  else if (found?.source.paths) void importPaths(found.source.paths, as)
}

export function dismissImport(key: string): void {
  own.set(own.get().filter(({ shown: { key: each } }) => each !== key))
}

function send(files: readonly PickedFile[], name: string, as: 'auto' | 'text'): void {
  const started = newOwn(name, undefined, { files })
  const { key } = started.shown
  add(started)
  void (async () => {
    try {
      const report = await sendFiles(api.imports, {
        name,
        files,
        as,
        signal: started.abort.signal,
        onBegin: (id) => {
          rememberSending({ id, name })
          change(key, { id })
        },
      })
      change(key, {}, { report })
    } catch (error) {
      change(key, {}, { error })
    } finally {
      const { id } = own.get().find(({ shown: each }) => each.key === key) ?? {}
      if (id !== undefined) forgetSending(id)
    }
  })()
}

function newOwn(name: string, id: string | undefined, source: Source): OwnImport {
  return {
    shown: {
      key: crypto.randomUUID(),
      name,
      isOwn: true,
      progress: undefined,
      report: undefined,
      error: undefined,
      startedAt: window.location.href,
      canRepeat: source.files !== undefined || source.paths !== undefined,
    },
    id,
    source,
    abort: new AbortController(),
  }
}

function add(started: OwnImport): void {
  own.set([started, ...own.get()])
}

function change(key: string, patch: Partial<OwnImport>, seen: Partial<ShownImport> = {}): void {
  own.set(
    own.get().map((each) => {
      return each.shown.key === key ? { ...each, ...patch, shown: { ...each.shown, ...seen } } : each
    }),
  )
}

/** What the page sent when it was loaded anew: the engine ends it, and tells what was stored. */
async function tellInterrupted(id: string, name: string): Promise<void> {
  const interrupted = newOwn(name, id, {})
  try {
    const report = await api.imports.cancel({ id })
    if (report.state !== 'cancelled') return
    const problem =
      'The page was loaded anew while it sent the file. What was whole until then is stored; open the file again to add the rest.'
    add({ ...interrupted, shown: { ...interrupted.shown, report: { ...report, problem } } })
  } catch {
    // The engine was started anew as well and knows nothing of it.
  }
}

async function follow(): Promise<never> {
  for (;;) {
    try {
      for await (const next of await api.imports.watch()) watched.set(next)
    } catch {
      // The link waits for the connection by itself; what failed is only this subscription.
    }
    await new Promise((resolve) => setTimeout(resolve, resubscribeMs))
  }
}

function combine(): void {
  shown.set(shownImports(own.get(), watched.get()))
}

/** The folder they all lie in, or how many there are. */
function commonName(files: readonly PickedFile[]): string {
  const folders = new Set(files.map(({ path }) => (path.includes('/') ? path.split('/')[0] : undefined)))
  const [folder] = folders
  return folders.size === 1 && folder !== undefined ? `${folder}/` : `${files.length} files`
}
