/** The packager's configuration, by the packager's own schema, and the files it names. */

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import configuration from '../../electron-builder.config.ts'
import { packageApp } from './support/packaged-app.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): Buffer => readFileSync(join(root, path))

describe('the configuration', () => {
  // Packaging checks it first, for every system at once; the other tests rely on that.
  test('is checked by schema before anything is packaged', { timeout: 60_000 }, async () => {
    const wrong = { mac: { ...configuration.mac, hardenedRuntime: 'certainly' } } as unknown as typeof configuration
    await expect(packageApp('linux', wrong)).rejects.toThrow(/Invalid configuration object[\s\S]*hardenedRuntime/)
  })

  test('names files that exist', () => {
    const { win, mac, linux, nsis, extraResources } = configuration
    expect(extraResources).toEqual([{ from: 'out/licenses.txt', to: 'licenses.txt' }])
    for (const path of [win?.icon, mac?.icon, nsis?.include]) {
      expect(path).toBeTypeOf('string')
      expect(statSync(join(root, String(path))).size).toBeGreaterThan(0)
    }
    expect(statSync(join(root, String(linux?.icon))).isDirectory()).toBe(true)
  })

  test('gives each file it makes a name of its own', () => {
    const names = [configuration.artifactName, configuration.nsis?.artifactName, configuration.portable?.artifactName]
    expect(new Set(names).size).toBe(names.length)
  })

  test('opens JSON when asked to, never by default', () => {
    const own = [configuration.fileAssociations].flat()
    expect(own.map((association) => association?.ext)).toEqual(['spanlight'])
    const mac = [configuration.mac?.fileAssociations].flat()
    expect(mac.map((association) => association?.rank)).toEqual(['Alternate'])
    expect(configuration.win?.fileAssociations).toBeUndefined()
  })
})

describe('the icons', () => {
  const pngSize = (png: Buffer): string => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`

  test.each(['16x16', '24x24', '32x32', '48x48', '64x64', '128x128', '256x256', '512x512'])(
    'have %s pixels',
    (size) => {
      expect(pngSize(read(`resources/installer/icons/${size}.png`))).toBe(size)
    },
  )

  test.each([
    ['resources/tray.png', '16x16'],
    ['resources/tray@2x.png', '32x32'],
    ['resources/trayTemplate.png', '16x16'],
    ['resources/trayTemplate@2x.png', '32x32'],
    ['resources/icon.png', '256x256'],
  ])('%s is %s', (path, size) => expect(pngSize(read(path))).toBe(size))

  test('come in every size Windows asks for', () => {
    const file = read('resources/installer/icon.ico')
    const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index
      const start = file.readUInt32LE(entry + 12)
      return pngSize(file.subarray(start, start + file.readUInt32LE(entry + 8)))
    })
    expect(sizes).toEqual(['16x16', '20x20', '24x24', '32x32', '40x40', '48x48', '64x64', '256x256'])
  })

  test('come in every size macOS asks for', () => {
    const file = read('resources/installer/icon.icns')
    expect(file.readUInt32BE(4)).toBe(file.length)
    const found: string[] = []
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      found.push(`${file.toString('latin1', at, at + 4)} ${pngSize(file.subarray(at + 8))}`)
    }
    expect(found).toEqual([
      ...['icp4 16x16', 'icp5 32x32', 'ic11 32x32', 'ic12 64x64', 'ic07 128x128', 'ic08 256x256', 'ic13 256x256'],
      ...['ic09 512x512', 'ic14 512x512', 'ic10 1024x1024'],
    ])
  })
})
