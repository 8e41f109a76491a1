/** Builds the renderer, what runs in Node, and the desktop shell into `out/`. */

import { build } from 'vite'

const configs = ['vite.node.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts', 'vite.config.ts']

for (const configFile of configs) await build({ configFile, logLevel: 'warn' })
console.log('Built out/node, out/main, out/preload and out/renderer.')
