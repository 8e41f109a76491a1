/** Finds a Chromium for the end-to-end tests, or gets one; never goes on without. */

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

// The one without a browser's own interface first: it takes a third less processor time, and nothing else differs here.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const downloadLimitMs = 5 * 60_000

/** The path of a browser, and how it was come by. Throws when there is none and none can be had. */
export function findBrowser(): { path: string; how: string } {
  const given = process.env.SPANLIGHT_CHROMIUM
  if (given) return { path: given, how: 'SPANLIGHT_CHROMIUM' }
  const present = installed()
  if (present) return { path: present, how: 'installed' }
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath(), how: "Playwright's" }

  console.log('No Chromium or Chrome is installed; asking Playwright to fetch one.')
  attempt('npx', ['playwright', 'install', 'chromium'])
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath(), how: 'fetched by Playwright' }

  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log("Playwright could not; installing Debian's package.")
    attempt('apt-get', ['update'])
    let debian: string | undefined
    for (const name of ['chromium-headless-shell', 'chromium']) {
      attempt('apt-get', ['install', '-y', '--no-install-recommends', name])
      debian = installed()
      if (debian) break
    }
    if (debian) return { path: debian, how: "Debian's package, installed just now" }
  }
  throw new Error(
    'The end-to-end tests need Chromium or Chrome and none could be found or fetched. ' +
      'Install one, or name it in SPANLIGHT_CHROMIUM.',
  )
}

function installed(): string | undefined {
  return names.map(onPath).find((path) => path !== undefined) ?? fixedPlaces.find((path) => existsSync(path))
}

function onPath(name: string): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function attempt(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: 'inherit', timeout: downloadLimitMs, shell: process.platform === 'win32' })
}
