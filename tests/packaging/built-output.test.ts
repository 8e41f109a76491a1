/** What the build made: it needs production packages only, and a page that loads little at first. */

import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { moduleImports } from './support/module-imports.ts'

const root = join(import.meta.dirname, '../..')
const out = join(root, 'out')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

function modules(folder: string): string[] {
  return readdirSync(join(out, folder))
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => join(out, folder, name))
}

/** The package behind an import, or nothing for Node's own modules and files of the build. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || isBuiltin(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function packagesOf(folder: string): string[] {
  const imports = modules(folder).flatMap((file) => {
    const { first, later } = moduleImports(file)
    return [...first, ...later]
  })
  return [...new Set(imports.map(packageOf).filter((name) => name !== undefined))]
}

describe('what runs outside the page', () => {
  test('the command line and the engine import production packages only', () => {
    const names = packagesOf('node')
    expect(names).toContain('better-sqlite3')
    expect(names.filter((name) => !(name in dependencies))).toEqual([])
  })

  test('the shell imports Electron and production packages only', () => {
    const names = packagesOf('main')
    expect(names).toContain('electron')
    expect(names.filter((name) => name !== 'electron' && !(name in dependencies))).toEqual([])
  })

  test('the preload is one file that imports Electron alone', () => {
    expect(modules('preload')).toHaveLength(1)
    const [file = ''] = modules('preload')
    expect(moduleImports(file)).toEqual({ first: [], later: ['electron'] })
  })

  // electron-builder brings Electron itself; as a dependency it would be packaged a second time.
  test('Electron is a development dependency', () => {
    expect(devDependencies).toHaveProperty('electron')
    expect(dependencies).not.toHaveProperty('electron')
  })
})

describe("the page's first load", () => {
  const renderer = join(out, 'renderer')

  function firstLoad(): string[] {
    const page = join(renderer, 'index.html')
    const linked = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)]
    const loaded = new Set([page])
    const load = (file: string): void => {
      if (loaded.has(file)) return
      loaded.add(file)
      if (file.endsWith('.js')) for (const path of moduleImports(file).first) load(resolve(dirname(file), path))
    }
    for (const [, path = ''] of linked) load(join(renderer, path))
    return [...loaded]
  }

  test('is under 1.5 MB compressed', () => {
    const files = firstLoad()
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
    console.log(`The page's first load: ${(bytes / 1000).toFixed(0)} KB compressed in ${files.length} files.`)
    expect(files.length).toBeGreaterThan(2)
    expect(bytes).toBeLessThan(1_500_000)
  })

  test('leaves the screens out, which come on demand', () => {
    const screens = readdirSync(join(renderer, 'assets')).filter((name) => /-view-.*\.js$/.test(name))
    expect(screens.length).toBeGreaterThanOrEqual(4)
    const first = firstLoad()
    expect(screens.filter((name) => first.includes(join(renderer, 'assets', name)))).toEqual([])
  })
})
