/** The scenario last read from a file, kept while the page is open so that it can be started again. */

import { useSyncExternalStore } from 'react'
import { createStore } from '../../client/store.ts'

export interface ScenarioFile {
  readonly name: string
  readonly text: string
}

const maxBytes = 1024 * 1024

const file = createStore<ScenarioFile | undefined>(undefined)

export function useScenarioFile(): ScenarioFile | undefined {
  return useSyncExternalStore(file.subscribe, file.get)
}

/** Throws, in words for a person, when it is too large or can't be read. */
export async function readScenarioFile(chosen: File): Promise<ScenarioFile> {
  if (chosen.size > maxBytes) throw new Error(`${chosen.name} is larger than 1 MiB, which no scenario needs to be.`)
  const text = await chosen.text().catch(() => undefined)
  if (text === undefined) throw new Error(`${chosen.name} can't be read. Choose it again.`)
  const read = { name: chosen.name, text }
  file.set(read)
  return read
}
