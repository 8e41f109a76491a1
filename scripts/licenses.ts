/** Collects the licences of everything that ships, installed or bundled, into `out/licenses.txt`. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { isPermissive } from './license-terms.ts'

interface Shipped {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly text: string
}

const file = 'out/licenses.txt'
const heading = `Spanlight is made with the packages below; each stands under its own licence. Spanlight itself stands under the
Apache License 2.0. The licences of Electron and Chromium lie beside the desktop app.`
const rule = '='.repeat(100)

/** Writes the file. Throws when a package names no permissive licence. Module ids tell what bundles are made of. */
export function writeLicenses(bundledModules: Iterable<string>): number {
  const folders = new Set([...productionFolders(), ...bundledFolders(bundledModules)])
  const shipped = [...folders].map(read).sort((a, b) => (label(a) < label(b) ? -1 : 1))
  const unique = [...new Map(shipped.map((one) => [label(one), one])).values()]
  const refused = unique.filter(({ license }) => !isPermissive(license))
  if (refused.length > 0) {
    const list = refused.map((one) => `${label(one)}: ${one.license || 'none named'}`).join('\n  ')
    throw new Error(`These packages ship and have no permissive licence:\n  ${list}`)
  }

  const byText = Map.groupBy(unique, ({ license, text }) => `${license}\n\n${text}`)
  const sections = [...byText].map(([terms, packages]) => `${packages.map(label).join('\n')}\n\nLicence: ${terms}`)
  writeFileSync(file, `${[heading, ...sections].join(`\n\n${rule}\n\n`)}\n`)
  return unique.length
}

function label({ name, version }: Shipped): string {
  return `${name} ${version}`
}

/** What `npm install --omit=dev` brings, by the lock file. */
function productionFolders(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean }>
  }
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional, optional }]) => {
      if (folder === '' || dev || devOptional) return false
      return !optional || existsSync(folder)
    })
    .map(([folder]) => folder)
}

/** The packages that modules of a bundle come from. */
function bundledFolders(modules: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const id of modules) {
    const path = relative('.', id.replace(/^\0/, '')).replaceAll(sep, '/')
    const folder = /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]
    if (folder) folders.add(folder)
  }
  return folders
}

function read(folder: string): Shipped {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|copying|notice|ofl)(\b|[._-])/i.test(entry))
    .sort()
    .map((entry) => readFileSync(join(folder, entry), 'utf8').replaceAll('\r\n', '\n').trim())
  return { name, version, license: license ?? '', text: texts.join('\n\n') || 'The package carries no text of it.' }
}
