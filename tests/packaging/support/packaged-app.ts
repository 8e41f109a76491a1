/** The app as electron-builder packages it for a folder, around an empty shell in Electron's place. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Arch, build, type Configuration, Platform } from 'electron-builder'
import configuration from '../../../electron-builder.config.ts'

/** What marks the fuses in Electron's program; a version, a count and one character for each fuse follow. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron ships: '0' is off, '1' on. */
const factoryFuses = '101100010'

const targets = {
  linux: { platform: Platform.LINUX, program: 'electron', packaged: 'spanlight', folder: 'linux-unpacked' },
  win32: { platform: Platform.WINDOWS, program: 'electron.exe', packaged: 'Spanlight.exe', folder: 'win-unpacked' },
} as const

export interface PackagedApp {
  /** Holds the program. */
  readonly folder: string
  readonly archive: string
  /** One character for each fuse, in Electron's order. */
  fuses(): string
  [Symbol.dispose](): void
}

export async function packageApp(
  system: keyof typeof targets,
  overrides: Partial<Configuration> = {},
): Promise<PackagedApp> {
  const { platform, program, packaged, folder } = targets[system]
  const scratch = mkdtempSync(join(tmpdir(), 'spanlight-packaged-'))
  const remove = (): void => rmSync(scratch, { recursive: true, force: true })
  const shell = join(scratch, 'electron')
  mkdirSync(join(shell, 'locales'), { recursive: true })
  mkdirSync(join(shell, 'resources'))
  writeFileSync(join(shell, 'locales/en-US.pak'), '')
  const count = String.fromCharCode(factoryFuses.length)
  writeFileSync(join(shell, program), `${fuseSentinel}\x01${count}${factoryFuses}`, { mode: 0o755 })
  try {
    await build({
      targets: platform.createTarget('dir', Arch.x64),
      publish: 'never',
      config: {
        ...configuration,
        electronDist: shell,
        directories: { ...configuration.directories, output: join(scratch, 'release') },
        ...overrides,
      },
    })
  } catch (error) {
    remove()
    throw error
  }
  const result = join(scratch, 'release', folder)
  return {
    folder: result,
    archive: join(result, 'resources/app.asar'),
    fuses: () => {
      const bytes = readFileSync(join(result, packaged), 'latin1')
      const start = bytes.indexOf(fuseSentinel) + fuseSentinel.length + 2
      return bytes.slice(start, start + factoryFuses.length)
    },
    [Symbol.dispose]: remove,
  }
}
