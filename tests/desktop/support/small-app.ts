/** Apps of a few lines, and Spanlight's own with something broken, to see what the stand-in makes of them. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Folder {
  readonly path: string
  remove(): void
}

/** The files of an app by name. */
export function appOf(files: Readonly<Record<string, string>>): Folder {
  const folder = emptyFolder()
  const manifest = { name: 'small-app', version: '1.2.3', type: 'module', main: 'main.js' }
  for (const [name, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files }))
    writeFileSync(join(folder.path, name), text)
  return folder
}

/** Spanlight as it was built, with one file changed. */
export function brokenSpanlight(file: string, from: string | RegExp, to: string): Folder {
  const folder = emptyFolder()
  mkdirSync(join(folder.path, 'out'))
  for (const part of ['out/main', 'out/preload']) cpSync(join(root, part), join(folder.path, part), { recursive: true })
  for (const part of ['node_modules', 'resources', 'out/node', 'out/renderer'])
    symlinkSync(join(root, part), join(folder.path, part), 'junction')
  cpSync(join(root, 'package.json'), join(folder.path, 'package.json'))
  const path = join(folder.path, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} has no ${String(from)} to break`)
  writeFileSync(path, after)
  return folder
}

function emptyFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'stand-in-app-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
