/** What this window imports and what the engine tells of all imports, as one list. */

import type { ImportProgress, ImportReport } from '#shared/contract/imports.ts'
import type { PickedFile } from './import-sender.ts'

export interface ShownImport {
  readonly key: string
  readonly name: string
  /** Started in this window: its end is told and leads somewhere. */
  readonly isOwn: boolean
  /** Undefined until the engine knows of it. */
  readonly progress: ImportProgress | undefined
  /** Once it has ended in the engine. */
  readonly report: ImportReport | undefined
  /** It never got that far. */
  readonly error: unknown
  /** Where this window was when it began. */
  readonly startedAt: string
  /** Whether it can be done again from here. */
  readonly canRepeat: boolean
}

/** Where it came from: files this page reads, paths the engine reads, or what this page knows nothing of any more. */
export interface Source {
  readonly files?: readonly PickedFile[]
  readonly paths?: readonly string[]
}

export interface OwnImport {
  readonly shown: ShownImport
  readonly id: string | undefined
  readonly source: Source
  readonly abort: AbortController
}

/** Those of this window first; of others only what runs. */
export function shownImports(mine: readonly OwnImport[], told: readonly ImportReport[]): ShownImport[] {
  const byId = new Map(told.map((report) => [report.id, report]))
  const ownIds = new Set(mine.map(({ id }) => id))
  // The engine may tell of an import before the answer that says which it is: until then one of that name is taken for it.
  const begun = new Set(
    mine
      .filter(({ id, shown: { error } }) => id === undefined && error === undefined)
      .map(({ shown: { name } }) => name),
  )
  const foreign = told.filter(({ id, name, state }) => state === 'running' && !ownIds.has(id) && !begun.has(name))
  return [
    ...mine.map(({ id, source: { files }, shown: each }) => {
      const now = id === undefined ? undefined : byId.get(id)
      // Whoever sends hears of the end itself, with everything stored.
      const report = each.report ?? (files === undefined && now?.state !== 'running' ? now : undefined)
      return { ...each, progress: report ?? now, report }
    }),
    ...foreign.map((progress) => ({
      key: progress.id,
      name: progress.name,
      isOwn: false,
      progress,
      report: undefined,
      error: undefined,
      startedAt: '',
      canRepeat: false,
    })),
  ]
}
