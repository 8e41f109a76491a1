/** Small JSON files of the shell: read leniently, written so that a crash leaves the old one or the new one. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Undefined where there is no readable JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Never throws: what is kept here is a comfort, and a full disk must not keep a window from closing. */
export function writeJson(file: string, value: unknown): void {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`)
    renameSync(unfinished, file)
  } catch (error) {
    console.error(`spanlight: ${file} could not be written:`, error)
  }
}
