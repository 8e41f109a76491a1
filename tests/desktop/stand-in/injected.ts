/** Turns the files of `page/` into scripts that run in a page, around the text of the app's preload. */

import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { compileFunction } from 'node:vm'
import type { Secrets } from './page/messages.ts'

/** Types gone, and what links the files to each other: they end up in one function. */
function plain(file: string): string {
  const source = readFileSync(new URL(`page/${file}`, import.meta.url), 'utf8')
  return stripTypeScriptTypes(source)
    .replace(/^import .*$/gm, '')
    .replace(/^export /gm, '')
}

export function mainWorldScript(secrets: Secrets): string {
  return inTopDocument(`${plain('bridge.ts')}\n${plain('main-world.ts')}\nopenMainWorld(${JSON.stringify(secrets)})`)
}

export interface PreloadScript {
  readonly secrets: Secrets
  readonly path: string
  readonly argv: readonly string[]
}

/** Runs the preload as CommonJS. Throws what Electron says when it isn't. */
export function preloadWorldScript({ secrets, path, argv }: PreloadScript): string {
  const source = readFileSync(path, 'utf8')
  const parameters = ['require', 'module', 'exports', 'process']
  // A sandboxed preload that is an ES module, or no JavaScript, fails here with the engine's own words.
  compileFunction(source, [...parameters, 'Buffer', 'global'], { filename: path })
  const { platform, arch, versions } = process
  const world = {
    secrets,
    preloadPath: path,
    process: { platform, arch, versions, argv, type: 'renderer', sandboxed: true, contextIsolated: true, env: {} },
  }
  const parts = ['wire.ts', 'bridge.ts', 'preload-world.ts'].map(plain)
  const preload = `(${parameters.join(', ')}) => {\n${source}\n}`
  return inTopDocument(`${parts.join('\n')}\nopenPreloadWorld(${JSON.stringify(world)}, ${preload})`)
}

export function preloadFailureScript(path: string, reason: string): string {
  return inTopDocument(`console.error(${JSON.stringify(`Unable to load preload script: ${path}\n${reason}`)})`)
}

function inTopDocument(code: string): string {
  return `if (window === window.top) {(() => {\n'use strict'\n${code}\n})()}`
}
