/** Reads Electron's archive: a list of files as JSON, then their bytes one after the other. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly size?: number
  readonly offset?: string
  readonly unpacked?: boolean
}

export interface ArchivedFile {
  readonly path: string
  readonly size: number
  /** Lies beside the archive instead of in it. */
  readonly unpacked: boolean
  readonly bytes: () => Buffer
}

export function readAsar(archive: string): readonly ArchivedFile[] {
  const data = readFileSync(archive)
  // Four 32-bit numbers come first: the second is the length of the head, the fourth that of the JSON in it.
  const bodyStart = 8 + data.readUInt32LE(4)
  const root = JSON.parse(data.toString('utf8', 16, 16 + data.readUInt32LE(12))) as Entry
  const found: ArchivedFile[] = []
  const walk = (entry: Entry, path: string): void => {
    if (entry.files)
      for (const [name, child] of Object.entries(entry.files)) walk(child, path ? `${path}/${name}` : name)
    else {
      const size = entry.size ?? 0
      const start = bodyStart + Number(entry.offset ?? 0)
      const unpacked = entry.unpacked === true
      const bytes = (): Buffer =>
        unpacked ? readFileSync(join(`${archive}.unpacked`, path)) : data.subarray(start, start + size)
      found.push({ path, size, unpacked, bytes })
    }
  }
  walk(root, '')
  return found
}

/** Puts every file where Electron would show it. */
export function extractAsar(archive: string, folder: string): void {
  for (const { path, unpacked, bytes } of readAsar(archive)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    if (unpacked) copyFileSync(join(`${archive}.unpacked`, path), target)
    else writeFileSync(target, bytes())
  }
}
