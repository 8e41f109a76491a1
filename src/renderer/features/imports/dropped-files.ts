/** The files in what was dropped, those in folders included. */

import type { PickedFile } from '../../client/import-sender.ts'

/** More would rather be somebody's whole disk. */
export const maxDroppedFiles = 10_000

export class TooManyFiles extends Error {
  override readonly name = 'TooManyFiles'
}

/** Must be called while the drop is handled: afterwards the browser forgets what it was. Throws `TooManyFiles`. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = Array.from(transfer.items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
  const files = Array.from(transfer.files, (file) => ({ path: file.name, file }))
  // Without entries, as in a test or an older browser, there are files only.
  if (entries.every((entry) => entry === null)) return Promise.resolve(files)
  return collect(entries.filter((entry) => entry !== null))
}

async function collect(entries: readonly FileSystemEntry[]): Promise<readonly PickedFile[]> {
  const found: PickedFile[] = []
  const waiting = [...entries]
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    const path = entry.fullPath.replace(/^\//, '')
    const inside = isDirectory(entry) ? await entriesOf(entry).catch(() => undefined) : []
    if (inside === undefined) found.push({ path, file: undefined })
    else waiting.push(...inside)
    if (isFile(entry)) found.push({ path, file: await fileOf(entry) })
    if (found.length + waiting.length > maxDroppedFiles) throw new TooManyFiles('There are too many files.')
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** Undefined when it can't be read: those beside it can. */
function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)))
}

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}
