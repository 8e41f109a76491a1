/** Builds the renderer, what runs in Node, and the desktop shell into `out/`, with the licences of all they are made of. */

import { build } from 'vite'
import { writeLicenses } from './licenses.ts'

const configs = [
  'vite.node.config.ts',
  'vite.main.config.ts',
  'vite.preload.config.ts',
  'vite.config.ts',
  'vite.standalone.config.ts',
]

const bundled = new Set<string>()
for (const configFile of configs) {
  for (const result of [await build({ configFile, logLevel: 'warn' })].flat()) {
    if (!('output' in result)) continue
    for (const part of result.output) if (part.type === 'chunk') for (const id of part.moduleIds) bundled.add(id)
  }
}
const packages = writeLicenses(bundled)
console.log(
  `Built out/node, out/main, out/preload, out/renderer and out/html-export; out/licenses.txt names ${packages} packages.`,
)
